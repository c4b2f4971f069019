/** A quote was agreed to: earlier revisions make way, and the deal is worth what it says. */
import { writeAudit } from '../audit/audit.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import { settleWish } from '../opportunity/settle-wish.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { moveQuote, quoteNote, tellTimeline } from './move-quote.ts';

/** `outcome`: one Chinese sentence of who agreed, or why nobody had to. `staffId`: null when no person decided. */
export async function approveQuote(
  tx: Tx,
  id: string,
  { staffId, outcome }: { readonly staffId: string | null; readonly outcome: string },
): Promise<QuoteRow | null> {
  const known = await tx.quote.get(id);
  // The deal first, as everybody does who takes both.
  const deal = known && (await tx.opportunity.hold(known.opportunityId));
  const quote = known && (await tx.quote.hold(id));
  if (quote?.status !== 'submitted') return null;
  const approved = await moveQuote(tx, quote, 'approved', { decidedAt: tx.now });
  if (!approved) return null;
  await writeAudit(tx, staffId, [quoteNote(approved, 'approve')]);
  await tellTimeline(tx, approved, staffId ?? approved.ownerId, `已批准：${outcome}`);
  await replaceEarlier(tx, approved);
  if (deal?.status === 'open' && deal.amountMinor !== approved.grossMinor) {
    await tx.opportunity.update({ id: deal.id }, { amountMinor: approved.grossMinor });
    const detail = { fields: ['amount'], quoteId: id };
    await writeAudit(tx, staffId, [{ action: 'deal.update', entity: 'opportunity', entityId: deal.id, detail }]);
  }
  // The deal may have waited for nothing else.
  if (deal) await settleWish(tx, deal.id);
  await refreshQuestions(tx, approved.opportunityId);
  return approved;
}

async function replaceEarlier(tx: Tx, { id, number, revision }: QuoteRow): Promise<void> {
  for (const other of await tx.quote.list({ number })) {
    if (other.id === id || (other.status !== 'approved' && other.status !== 'sent')) continue;
    const replaced = await moveQuote(tx, other, 'replaced', { closedAt: tx.now });
    if (replaced) await writeAudit(tx, null, [quoteNote(replaced, 'replace', { by: revision })]);
  }
}
