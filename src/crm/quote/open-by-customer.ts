/**
 * N13: the customer has opened a quote's page. The first opening of a quote is told in the timeline and to its owner,
 * makes it a quote that was sent and seen, and, unless the policy says no, carries its deal along.
 */
import { writeAudit } from '../audit/audit.ts';
import { tellPerson } from '../card/tell-person.ts';
import { touchClock } from '../clock/touch-clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { QuoteLinkRow, QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { advanceByQuote } from './advance-by-quote.ts';
import { moveQuote, nameOf, quoteNote, writeTimeline } from './move-quote.ts';
import { judgeLink, readLink } from './quote-link.ts';

/** A page that is loaded anew, or opened by several at once, within so long was opened once. */
const SAME_MS = 60_000;

/** A cheap look beforehand: `anew` where `noteOpening` would write something. */
export async function lookAtOpening(tx: Tx, token: string): Promise<'anew' | 'known' | 'unknown'> {
  const reading = await readLink(tx, token);
  if (reading.state === 'unknown') return 'unknown';
  return reading.state === 'open' && isAnew(reading.link, tx.now) ? 'anew' : 'known';
}

/** Returns whether it was the first opening of the quote. Of two at the same moment one is. */
export async function noteOpening(tx: Tx, token: string): Promise<boolean> {
  const known = await readLink(tx, token);
  if (known.state !== 'open') return false;
  // The deal first, as everybody does who takes both.
  const deal = await tx.opportunity.hold(known.quote.opportunityId);
  const quote = await tx.quote.hold(known.quote.id);
  const link = await tx.quoteLink.hold(known.link.id);
  if (!deal || !quote || !link || judgeLink(link, quote, tx.now).state !== 'open' || !isAnew(link, tx.now))
    return false;
  const { id, opened, firstOpenedAt } = link;
  const counted = { opened: opened + 1, firstOpenedAt: firstOpenedAt ?? tx.now, lastOpenedAt: tx.now };
  await tx.quoteLink.update({ id }, counted);
  if ((await tx.quote.update({ id: quote.id, seenAt: null }, { seenAt: tx.now })) !== 1) return false;
  await firstSeen(tx, deal, { ...quote, seenAt: tx.now });
  return true;
}

const isAnew = ({ lastOpenedAt }: QuoteLinkRow, now: number): boolean =>
  lastOpenedAt === null || now - lastOpenedAt >= SAME_MS;

async function firstSeen(tx: Tx, deal: OpportunityRow, seen: QuoteRow): Promise<void> {
  const quote = seen.status === 'approved' ? await moveQuote(tx, seen, 'sent', { sentAt: tx.now }) : seen;
  if (!quote) throw new Error('a quote that is held was changed by somebody else');
  const customer = await tx.customer.get(quote.customerId);
  const words = `客户打开了${nameOf(quote).trim()}`;
  const happening = { quote, deal, words, speakerName: customer?.name ?? null, accountId: '' };
  const { note, tail } = tx.active.policy.quotes.seenMoves
    ? await advanceByQuote(tx, { ...happening, cause: 'signal', staffId: null })
    : { note: null, tail: '' };
  await writeAudit(tx, null, [quoteNote(quote, 'seen'), ...(note ? [note] : [])]);
  await touchClock(tx, { customerId: quote.customerId, dealId: quote.opportunityId }, 'customer', tx.now);
  await writeTimeline(tx, quote, quote.ownerId, words + tail);
  await tellOwner(tx, quote, words + tail, customer?.name ?? '');
}

/** Once, where they read cards; on a day full of cards, and where the platform's allowance runs short, the pages and the digest tell it. */
async function tellOwner(tx: Tx, { id, ownerId }: QuoteRow, words: string, customer: string): Promise<void> {
  const owner = await tx.staff.get(ownerId);
  const [identity] = owner?.active ? await tx.staffIdentity.list({ staffId: ownerId }, { limit: 1 }) : [];
  if (!identity || tx.runsShort(identity.accountId)) return;
  const pushed = await tx.queries.pushesSince(ownerId, tx.active.calendar.startOfDay(tx.now));
  if (pushed >= tx.active.policy.cards.dailyCap) return;
  await tellPerson(tx, {
    ...{ staffId: ownerId, accountId: identity.accountId, key: `quote:${id}:seen` },
    text: `${customer}：${words}`,
    links: [{ label: '打开报价单', path: `/app/quotes/${id}` }],
  });
}
