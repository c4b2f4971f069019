/** `绑定 客户`: from now on what colleagues say to the bot in this group belongs to that customer. */
import { writeAudit } from '../audit/audit.ts';
import { currentCustomer } from '../customer/merged-into.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { mayTakeFrom, mayWorkOn } from '../staff/rights.ts';
import type { Tx } from '../tx.ts';

/** Why this cannot be bound at all, whoever is meant; null when it can. */
export async function bindingRefusal(
  tx: Tx,
  { chat, staff }: { readonly chat: ChatRow | null; readonly staff: StaffRow },
  ask: { readonly name: string },
): Promise<string | null> {
  if (chat?.kind !== 'group') return '请在要绑定的群里 @我 发“绑定 客户名”。';
  if (ask.name === '') return '要绑定哪个客户？这样发：绑定 宁波恒锐';
  return takenBy(tx, staff, chat);
}

/** Why the chat is not theirs to bind: it belongs to a customer or an open lead of others by now. */
async function takenBy(tx: Tx, staff: StaffRow, { customerId, leadId }: ChatRow): Promise<string | null> {
  const linked = customerId === null ? null : await tx.customer.get(customerId);
  const lead = leadId === null ? null : await tx.lead.get(leadId);
  const ours = linked
    ? await mayTakeFrom(tx, staff, linked.ownerId)
    : lead?.status !== 'open' || (await mayTakeFrom(tx, staff, lead.ownerId));
  if (ours) return null;
  const owner = (await tx.staff.get((linked ?? lead)?.ownerId ?? ''))?.name ?? '别的同事';
  return `这个群已经归到${owner}的${linked ? '客户' : '线索'}，要改请找${owner}。`;
}

/** Returns what to tell the colleague. */
export async function bindTo(tx: Tx, staff: StaffRow, customerId: string, chatId: string): Promise<string> {
  const customer = await currentCustomer(tx, customerId);
  const chat = await tx.chat.get(chatId);
  if (!customer || !chat) return '这个客户或群已经不在了，请再发一次。';
  const owner = await tx.staff.get(customer.ownerId);
  if (!(await mayWorkOn(tx, staff, customer)))
    return `「${customer.name}」由${owner?.name ?? '别的同事'}负责，请对方来绑定。`;
  const group = chat.name ? `群「${chat.name}」` : '这个群';
  if (chat.customerId === customer.id) return `${group}本来就归到「${customer.name}」。`;
  // Asked when the question was; the answer may come days later.
  const taken = await takenBy(tx, staff, chat);
  if (taken !== null) return taken;
  const before = chat.customerId === null ? null : await tx.customer.get(chat.customerId);
  await tx.chat.update({ id: chat.id }, { customerId: customer.id, leadId: null, opportunityId: null, ignored: false });
  const detail = { to: customer.id, from: before?.id ?? null, by: 'bot' };
  await writeAudit(tx, staff.id, [{ action: 'chat.link', entity: 'chat', entityId: chat.id, detail }]);
  const change = before
    ? `${group}原来归到「${before.name}」，现在改为「${customer.name}」。`
    : `${group}已归到「${customer.name}」。`;
  return `${change}以后在群里 @我 说客户的原话，我会跟进它的商机。`;
}
