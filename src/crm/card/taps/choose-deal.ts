/** N4: a person says which deal the words belong to; the chat remembers, and the words take effect. */
import { openDeal } from '../../opportunity/open-deal.ts';
import type { OpportunityRow } from '../../rows/deals.ts';
import { actOnFindings } from '../../signal/act-on-findings.ts';
import { mayWorkOn } from '../../staff/rights.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { customerOf, dealsFor, NEW_DEAL } from '../faces/which-deal-face.ts';

export async function chooseDeal(context: ActionContext): Promise<ActionResult> {
  const { tx, card, staff } = context;
  const chosen = context.choice;
  const { deals } = await dealsFor(tx, card);
  const deal = chosen === NEW_DEAL ? await newDeal(context) : deals.find((candidate) => candidate.id === chosen);
  if (!deal) return { ok: false, notice: '请先在列表里选一个商机。' };
  const customer = await tx.customer.get(deal.customerId);
  // The card may be days old, and the customer another colleague's by now.
  if (!customer || !(await mayWorkOn(tx, staff, customer)))
    return { ok: false, notice: '这个客户现在由别的同事负责，你不能再处理这张卡片。' };
  const chatId = card.data.chatId ?? null;
  if (chatId) await tx.chat.update({ id: chatId }, { opportunityId: deal.id });
  const outcomes = await actOnFindings(tx, {
    matter: { opportunity: deal },
    findings: card.data.pending ?? [],
    accountId: card.accountId,
    chatId,
  });
  const moved = outcomes.includes('advanced');
  const asked = outcomes.includes('asked');
  const what = moved ? '，已推进' : asked ? '，要不要推进请看下一张卡片' : '';
  return { ok: true, notice: `已选「${deal.name}」${what}`, closed: `是「${deal.name}」${moved ? '，已推进' : ''}` };
}

async function newDeal({ tx, card }: ActionContext): Promise<OpportunityRow | undefined> {
  const customer = await customerOf(tx, card);
  if (!customer) return undefined;
  const before = await tx.opportunity.list({ customerId: customer.id });
  const name = `${customer.name} 商机${before.length + 1}`;
  return openDeal(tx, { customerId: customer.id, name, ownerId: customer.ownerId });
}
