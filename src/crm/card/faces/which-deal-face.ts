/** N4: the words belong to one of several deals; the owner says which, and a chat remembers it. */
import type { Card } from '../../../channel/card.ts';
import { currentCustomer } from '../../customer/merged-into.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { OpportunityRow } from '../../rows/deals.ts';
import type { CustomerRow } from '../../rows/people.ts';
import type { Tx } from '../../tx.ts';
import { buttonOf, buttonsBlock, choiceBlock, customerLink, linksBlock, outcomeBlock } from './parts.ts';
import { quoteBlocks } from './quotes.ts';

export const NEW_DEAL = 'new';
const MOST_DEALS = 50;

export async function drawWhichDeal(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const { pipeline } = tx.active.policy;
  const { customerId, customerName, deals } = await dealsFor(tx, card);
  const closed = card.status === 'closed';
  const options = deals.map((deal) => ({
    value: deal.id,
    label: `${deal.name}（${stageName(pipeline, deal.stage)}）`,
  }));
  if (customerName !== null) options.push({ value: NEW_DEAL, label: '＋ 新建一个商机' });
  const title =
    customerName === null
      ? '这段话是哪个商机的？'
      : deals.length > 0
        ? `${customerName}：说的是哪个商机？`
        : `${customerName}：要新建商机吗？`;
  const note = card.data.chatId
    ? '选好后，这个会话以后的消息都算这个商机，直到它结束。'
    : '选好后，按这段话推进该商机。';
  return {
    title: closed ? '商机已选定' : title,
    tone: closed ? 'neutral' : 'info',
    summary: closed ? (card.outcome ?? '已处理') : title,
    blocks: [
      ...(await quoteBlocks(tx, card.data.pending)),
      ...(closed ? outcomeBlock(card) : [{ type: 'text' as const, style: 'muted' as const, text: note }]),
      ...choiceBlock(card, actions, 'choose_deal', {
        placeholder: '选择商机',
        options,
        label: '就是它',
        style: 'primary',
      }),
      ...buttonsBlock(buttonOf(card, actions, 'ignore', '都不是，忽略')),
      ...linksBlock(customerId === null ? null : customerLink(customerId)),
    ],
  };
}

/** The deals to choose from: of the customer it is about, or, for a record handed over without a chat, the person's own. */
export async function dealsFor(
  tx: Tx,
  card: CardRow,
): Promise<{ customerId: string | null; customerName: string | null; deals: readonly OpportunityRow[] }> {
  const customer = await customerOf(tx, card);
  if (customer)
    return {
      customerId: customer.id,
      customerName: customer.name,
      deals: (await tx.queries.openOpportunities(customer.id)).slice(0, MOST_DEALS),
    };
  const deals = await tx.opportunity.list({ ownerId: card.staffId, status: 'open' });
  const likely = card.data.likely ?? [];
  // Those it may be about first, then the ones that moved last.
  const place = ({ customerId }: OpportunityRow) =>
    likely.includes(customerId) ? likely.indexOf(customerId) : likely.length;
  const ranked = deals.sort((a, b) => place(a) - place(b) || b.stageEnteredAt - a.stageEnteredAt);
  return { customerId: null, customerName: null, deals: ranked.slice(0, MOST_DEALS) };
}

/** The customer that a question about a deal is about, where the chat or the words told. */
export async function customerOf(tx: Tx, card: CardRow): Promise<CustomerRow | null> {
  const chat = card.data.chatId ? await tx.chat.get(card.data.chatId) : null;
  const customerId = chat?.customerId ?? card.data.customerId;
  return customerId === undefined ? null : currentCustomer(tx, customerId);
}
