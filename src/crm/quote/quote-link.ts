/**
 * Addresses under which a customer reads a quote: made for one that may go out, good for a while, taken back at any time.
 * Whoever holds the address reads the quote; kept is only the hash of its secret part.
 */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { DAY_MS } from '../calendar/spans.ts';
import type { QuoteLinkRow, QuoteRow, QuoteStatus } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { quoteNote } from './move-quote.ts';
import { quoteToChange } from './quote-access.ts';

/** What a customer may see of a quote's states: agreed to, and not over. */
export const READABLE: readonly QuoteStatus[] = ['approved', 'sent', 'accepted'];

const ANY: readonly QuoteStatus[] = [...READABLE, 'draft', 'submitted', 'rejected', 'withdrawn', 'expired', 'replaced'];
const MOST_LIVE = 20;

export const isLive = ({ revokedAt, expiresAt }: QuoteLinkRow, now: number): boolean =>
  revokedAt === null && expiresAt > now;

/** `token`: the secret part, by chance and of at least 128 bits. It ends with the quote's validity, or as the policy says. */
export async function makeQuoteLink(desk: Desk, quoteId: string, token: string): Promise<Done<QuoteLinkRow>> {
  const { tx, me, notes } = desk;
  const found = await quoteToChange(desk, quoteId, { expectedVersion: null, in: READABLE, act: '发给客户' });
  if (!found.ok) return found;
  const { quote } = found.value;
  if (isOver(quote, tx.now)) return refused('wrong_state', '报价单的有效期已经过了，请另写一版。');
  const live = (await tx.quoteLink.list({ quoteId })).filter((link) => isLive(link, tx.now));
  if (live.length >= MOST_LIVE)
    return refused('bad_request', `这份报价单已有 ${MOST_LIVE} 个有效链接，请先停用不用的。`);
  const link = await tx.quoteLink.insert({
    ...{ id: tx.newId(), quoteId, tokenHash: tx.digest(token), madeBy: me.id, createdAt: tx.now },
    expiresAt: Math.min(quote.validUntil ?? Number.POSITIVE_INFINITY, tx.now + lastsMs(tx)),
    ...{ revokedAt: null, firstOpenedAt: null, lastOpenedAt: null, opened: 0 },
  });
  notes.push(quoteNote(quote, 'link', { linkId: link.id }));
  return done(link);
}

const lastsMs = ({ active }: Tx): number => active.policy.quotes.linkDays * DAY_MS;

/** One that is taken back already stays so. */
export async function revokeQuoteLink(desk: Desk, quoteId: string, linkId: string): Promise<Done<QuoteRow>> {
  const { tx, notes } = desk;
  const found = await quoteToChange(desk, quoteId, { expectedVersion: null, in: ANY, act: '停用链接' });
  if (!found.ok) return found;
  const revoked = await tx.quoteLink.update({ id: linkId, quoteId, revokedAt: null }, { revokedAt: tx.now });
  if (revoked === 0 && !(await tx.quoteLink.find({ id: linkId, quoteId })))
    return refused('not_found', '这份报价单没有这个链接。');
  if (revoked === 1) notes.push(quoteNote(found.value.quote, 'unlink', { linkId }));
  return done(found.value.quote);
}

export type LinkReading =
  | { readonly state: 'open'; readonly link: QuoteLinkRow; readonly quote: QuoteRow }
  /** `unknown`: never made, taken back, or over; the three are not told apart. */
  | { readonly state: 'replaced' | 'over' | 'unknown' };

/**
 * What the holder of a token may read. Of a quote that a later revision took the place of, or whose validity is past,
 * they learn that and no more: old figures in front of a customer are an offer nobody makes any longer, and the new
 * ones may not have been agreed to yet, so one link never leads to another revision.
 */
export async function readLink(tx: Tx, token: string): Promise<LinkReading> {
  const link = await tx.quoteLink.find({ tokenHash: tx.digest(token) });
  const quote = link && (await tx.quote.get(link.quoteId));
  const deal = quote && (await tx.opportunity.get(quote.opportunityId));
  // Of a deal that was taken back nobody can take the link back any more: it goes with the deal.
  if (!link || !quote || !deal || deal.status === 'withdrawn') return { state: 'unknown' };
  return judgeLink(link, quote, tx.now);
}

export function judgeLink(link: QuoteLinkRow, quote: QuoteRow, now: number): LinkReading {
  if (link.revokedAt !== null) return { state: 'unknown' };
  if (quote.status === 'replaced') return { state: 'replaced' };
  if (quote.status === 'expired' || isOver(quote, now)) return { state: 'over' };
  return READABLE.includes(quote.status) && isLive(link, now) ? { state: 'open', link, quote } : { state: 'unknown' };
}

/** What was accepted stands, whatever the day. */
const isOver = ({ status, validUntil }: QuoteRow, now: number): boolean =>
  status !== 'accepted' && validUntil !== null && validUntil <= now;
