/** Quotes past their validity are over: asked of the clock once a day, so that a missed day heals itself. */
import { writeAudit } from '../audit/audit.ts';
import type { Tx } from '../tx.ts';
import { moveQuote, quoteNote, tellTimeline } from './move-quote.ts';

/** At most `limit` of them; returns how many ended. */
export async function expireQuotes(tx: Tx, limit: number): Promise<number> {
  let ended = 0;
  for (const { id } of await tx.queries.quotesPast(tx.now, limit)) {
    const quote = await tx.quote.hold(id);
    if (quote?.status !== 'approved' && quote?.status !== 'sent') continue;
    const expired = await moveQuote(tx, quote, 'expired', { closedAt: tx.now });
    if (!expired) continue;
    ended += 1;
    await writeAudit(tx, null, [quoteNote(expired, 'expire')]);
    await tellTimeline(tx, expired, expired.ownerId, '有效期已过');
  }
  return ended;
}
