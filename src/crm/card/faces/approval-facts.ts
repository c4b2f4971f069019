/** What one decides by, on the cards of an approval: figures, what others decided, what was said beside it. */
import type { CardBlock } from '../../../channel/card.ts';
import type { Approval } from '../../approval/shape.ts';
import type { Names } from '../../approval/words.ts';
import { currentCustomer } from '../../customer/merged-into.ts';
import { maySeeCosts } from '../../quote/costs.ts';
import type { ApprovalRow } from '../../rows/approvals.ts';
import type { Tx } from '../../tx.ts';
import { ago, exactMoney, percent } from './figures.ts';

const MOST_COMMENTS = 2;
/** A card is read in passing; the page has all of it. */
const MOST_WORDS = 120;

export async function approvalFacts(
  tx: Tx,
  { customerId, facts, currency }: ApprovalRow,
  readerId: string,
): Promise<{ label: string; value: string }[]> {
  const customer = await currentCustomer(tx, customerId);
  const reader = await tx.staff.get(readerId);
  const { amountMinor, marginBp, discountBp } = facts;
  const seesCosts = reader !== null && maySeeCosts(tx, reader);
  return [
    { label: '客户', value: customer?.name ?? '（已不在）' },
    { label: '金额', value: exactMoney(amountMinor, currency) },
    ...(seesCosts ? [{ label: '毛利率', value: marginBp === null ? '成本没有填全' : percent(marginBp) }] : []),
    { label: '折扣', value: discountWords(discountBp) },
  ];
}

/** 9 折 is said by some and 10% off by others: below the list price by so much. */
const discountWords = (bp: number): string =>
  bp === 0 ? '按目录价' : bp > 0 ? `比目录价低 ${percent(bp)}` : `比目录价高 ${percent(-bp)}`;

/** What has been agreed to so far; a refusal ends it, and is what the card says first. */
export function opinions(tx: Tx, { steps }: Approval, names: Names): CardBlock[] {
  const decided = steps.flatMap(({ plan, seats }) =>
    seats.filter(({ state, at }) => at !== null && state === 'approved').map((seat) => ({ ...seat, step: plan.name })),
  );
  return decided.map(({ staffId, comment, at, step }) => {
    const when = at === null ? '' : ` · ${ago(tx.active.calendar, tx.now, at)}`;
    return { type: 'text', text: `${step} ${names.get(staffId) ?? '同事'} 同意${after(comment)}${when}` };
  });
}

const after = (comment: string | null): string => (comment === null ? '' : `：${clip(comment)}`);
const clip = (words: string): string => (words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS - 1)}…` : words);

export async function lastComments(tx: Tx, approvalId: string): Promise<CardBlock[]> {
  const last = await tx.approvalNote.list(
    { approvalId, kind: 'comment' },
    { orderBy: 'at', descending: true, limit: MOST_COMMENTS },
  );
  const names = await tx.queries.staffNames(last.map(({ staffId }) => staffId));
  return last
    .toReversed()
    .map(({ staffId, text }) => ({ type: 'quote', speaker: `${names.get(staffId) ?? '同事'}留言`, text: clip(text) }));
}
