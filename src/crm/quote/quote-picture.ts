/** A quote as its page shows it: the figures of now, its other revisions, what it will need, and what the colleague may do. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { mayChangeDeal } from '../access/to-change.ts';
import { foreseeApproval } from '../approval/submit.ts';
import { noteReading } from '../customer/open-customer.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { ContactRow } from '../rows/people.ts';
import type { QuoteLineRow, QuoteRow } from '../rows/quotes.ts';
import { maySeeCosts } from './costs.ts';
import type { QuoteFigures } from './price-quote.ts';
import { quoteToRead } from './quote-access.ts';
import { figuresOf } from './quote-figures.ts';
import { linesOf } from './quote-lines.ts';
import { REVISABLE, UNDER_WAY } from './quote-states.ts';

/** One quote in a list, with the names that stand beside it. */
export interface QuoteInList {
  readonly quote: QuoteRow;
  readonly customerName: string;
  readonly ownerName: string;
}

export interface QuotePicture extends QuoteInList {
  readonly deal: OpportunityRow;
  readonly contact: ContactRow | null;
  readonly lines: readonly QuoteLineRow[];
  readonly figures: QuoteFigures;
  /** Costs, margin and profit are for the colleague's eyes. */
  readonly costs: boolean;
  /** Newest first. */
  readonly revisions: readonly QuoteRow[];
  readonly approvalId: string | null;
  readonly willNeed: Awaited<ReturnType<typeof foreseeApproval>>;
  readonly rights: Readonly<Record<'edit' | 'submit' | 'withdraw' | 'revise' | 'send' | 'accept', boolean>>;
}

const MOST = 100;

export async function openQuote(desk: Desk, id: string): Promise<Done<QuotePicture>> {
  const { tx, me } = desk;
  const found = await quoteToRead(desk, id);
  if (!found.ok) return found;
  const quote = found.value;
  const deal = await tx.opportunity.get(quote.opportunityId);
  const customer = await tx.customer.get(quote.customerId);
  if (!deal || !customer) return refused('not_found');
  if (quote.ownerId !== me.id) noteReading(desk, customer, 'quote.read', { quoteId: id });
  const lines = await linesOf(tx, id);
  const revisions = (await tx.quote.list({ number: quote.number })).sort((a, b) => b.revision - a.revision);
  const [approval] = await tx.approval.list({ subjectKind: 'quote', subjectId: id }, { descending: true, limit: 1 });
  const rights = await rightsOf(desk, { quote, deal, revisions, submitterId: approval?.submitterId ?? null });
  return done({
    ...{ quote, deal, lines, revisions, rights, customerName: customer.name, costs: maySeeCosts(tx, me) },
    ownerName: (await tx.staff.get(quote.ownerId))?.name ?? '',
    contact: quote.contactId === null ? null : await tx.contact.get(quote.contactId),
    figures: figuresOf(quote, lines),
    approvalId: approval?.id ?? null,
    willNeed: rights.submit ? await foreseeApproval(tx, { kind: 'quote', id, submitterId: me.id }) : [],
  });
}

/** Newest first. */
export async function quotesOfDeal(desk: Desk, dealId: string): Promise<Done<readonly QuoteInList[]>> {
  const { tx, me } = desk;
  const deal = await desk.see.deal(dealId);
  const customer = deal && (await tx.customer.get(deal.customerId));
  if (!deal || !customer) return refused('not_found');
  if (deal.ownerId !== me.id) noteReading(desk, customer, 'deal.quotes', { dealId });
  const quotes = await tx.quote.list(
    { opportunityId: dealId },
    { orderBy: 'createdAt', descending: true, limit: MOST },
  );
  const names = await tx.queries.staffNames(quotes.map(({ ownerId }) => ownerId));
  return done(
    quotes.map((quote) => ({ quote, customerName: customer.name, ownerName: names.get(quote.ownerId) ?? '' })),
  );
}

async function rightsOf(
  desk: Desk,
  {
    quote: { status },
    deal,
    revisions,
    submitterId,
  }: Pick<QuotePicture, 'quote' | 'deal' | 'revisions'> & { readonly submitterId: string | null },
): Promise<QuotePicture['rights']> {
  const work = await mayChangeDeal(desk, deal);
  const open = deal.status === 'open';
  const busy = revisions.some((one) => UNDER_WAY.includes(one.status) || one.status === 'accepted');
  return {
    edit: work && status === 'draft',
    submit: work && open && status === 'draft',
    withdraw: work && status === 'submitted' && submitterId === desk.me.id,
    revise: work && open && !busy && REVISABLE.includes(status),
    send: work && status === 'approved',
    accept: work && status === 'sent',
  };
}
