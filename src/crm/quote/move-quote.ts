/** One step in the life of a quote: compared and set, told in the customer's timeline and in the audit log. */
import type { AuditNote } from '../audit/audit.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import { quoteSent } from '../clock/touch-clock.ts';
import type { QuoteRow, QuoteStatus } from '../rows/quotes.ts';
import { askStageTasks } from '../task/stage-tasks.ts';
import type { Tx } from '../tx.ts';
import { mayFollow } from './quote-states.ts';

/** Null when somebody else was there before. A step that the states do not know is a fault of ours. */
export async function moveQuote(
  tx: Tx,
  quote: QuoteRow,
  status: QuoteStatus,
  stamps: Partial<Pick<QuoteRow, 'submittedAt' | 'decidedAt' | 'sentAt' | 'closedAt'>>,
): Promise<QuoteRow | null> {
  if (!mayFollow(quote.status, status)) throw new Error(`a ${quote.status} quote does not become ${status}`);
  const patch = { ...stamps, status, updatedAt: tx.now, version: quote.version + 1 };
  const { id, version } = quote;
  const moved = await tx.quote.update({ id, version, status: quote.status }, patch);
  if (moved !== 1) return null;
  await refreshQuestions(tx, quote.opportunityId);
  if (status === 'sent') await quoteSent(tx, quote.opportunityId);
  const deal = status === 'sent' ? await tx.opportunity.get(quote.opportunityId) : null;
  if (deal) await askStageTasks(tx, deal);
  return { ...quote, ...patch };
}

/** `what` follows the quote's name: 已提交审批. */
export function tellTimeline(tx: Tx, quote: QuoteRow, staffId: string, what: string): Promise<void> {
  return writeTimeline(tx, quote, staffId, `${nameOf(quote)}${what}`);
}

export async function writeTimeline(tx: Tx, quote: QuoteRow, staffId: string, text: string): Promise<void> {
  await tx.activity.insert({
    ...{ id: tx.newId(), customerId: quote.customerId, opportunityId: quote.opportunityId, staffId, kind: 'quote' },
    text: text.slice(0, 1_000),
    at: tx.now,
    createdAt: tx.now,
  });
}

/** 报价单 Q20261122-001 第 2 版 */
export const nameOf = ({ number, revision }: Pick<QuoteRow, 'number' | 'revision'>): string =>
  revision === 1 ? `报价单 ${number} ` : `报价单 ${number} 第 ${revision} 版`;

export const quoteNote = (
  { id, number, revision, opportunityId }: QuoteRow,
  action: string,
  detail: AuditNote['detail'] = {},
): AuditNote => ({
  action: `quote.${action}`,
  entity: 'quote',
  entityId: id,
  detail: { number, revision, dealId: opportunityId, ...detail },
});
