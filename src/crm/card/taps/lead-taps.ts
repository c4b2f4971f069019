/** Taps on a new lead's card, and on the card that asks whose chat this is. */
import { stopClock } from '../../clock/keep-clock.ts';
import { currentCustomer } from '../../customer/merged-into.ts';
import { attachLeadTo } from '../../lead/attach-lead.ts';
import { convertLead, openLead } from '../../lead/convert-lead.ts';
import { noteResponse } from '../../lead/first-response.ts';
import type { CustomerRow } from '../../rows/people.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { closeSubjectCards } from '../close-moot-cards.ts';

const DONE_ALREADY = { ok: false, notice: '这条线索已经处理过了。' } as const;

export async function adoptLead({ tx, card, staff }: ActionContext): Promise<ActionResult> {
  const lead = await openLead(tx, card.data.leadId ?? '');
  if (!lead) return DONE_ALREADY;
  await convertLead(tx, lead.id);
  return { ok: true, notice: '已建为客户', closed: `${staff.name}已建为客户「${lead.name}」` };
}

export async function attachLead(context: ActionContext): Promise<ActionResult> {
  const { tx, card, staff } = context;
  const lead = await openLead(tx, card.data.leadId ?? '');
  if (!lead) return DONE_ALREADY;
  const customer = await chosenCustomer(context);
  if (!customer) return { ok: false, notice: '请先在列表里选一个客户。' };
  await attachLeadTo(tx, lead, customer);
  return { ok: true, notice: `已归入「${customer.name}」`, closed: `${staff.name}已归入客户「${customer.name}」` };
}

export async function dropLead({ tx, card, staff }: ActionContext): Promise<ActionResult> {
  const lead = await openLead(tx, card.data.leadId ?? '');
  if (!lead) return DONE_ALREADY;
  await noteResponse(tx, lead.id, 'dropped', staff.id);
  await tx.lead.update({ id: lead.id }, { status: 'dropped', version: lead.version + 1 });
  await tx.chat.update({ leadId: lead.id }, { leadId: null, ignored: true });
  await stopClock(tx, lead.id, `${staff.name}标记为不是客户`);
  await closeSubjectCards(tx, card.subject, '线索已标记为不是客户');
  return { ok: true, notice: '好的，这个会话以后不再保存', closed: `${staff.name}标记为不是客户` };
}

export async function linkChat(context: ActionContext): Promise<ActionResult> {
  const { tx, card, staff } = context;
  const customer = await chosenCustomer(context);
  if (!customer || !card.data.chatId) return { ok: false, notice: '请先在列表里选一个客户。' };
  await tx.chat.update({ id: card.data.chatId }, { customerId: customer.id, leadId: null, ignored: false });
  return { ok: true, notice: `已归到「${customer.name}」`, closed: `${staff.name}已归到客户「${customer.name}」` };
}

export async function ignoreChat({ tx, card, staff }: ActionContext): Promise<ActionResult> {
  if (card.data.chatId) await tx.chat.update({ id: card.data.chatId }, { ignored: true });
  return { ok: true, notice: '好的，这个群的消息不会保存', closed: `${staff.name}标记为与客户无关` };
}

/** A choice is only a name of a row: it must be a customer of the person the card is for. */
async function chosenCustomer({ tx, card, choice }: ActionContext): Promise<CustomerRow | null> {
  const customer = await currentCustomer(tx, choice);
  return customer && customer.ownerId === card.staffId && customer.withdrawnAt === null ? customer : null;
}
