/** A quote as its page shows it: the figures of now, its other revisions, what it will need, and what the colleague may do. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { mayChangeDeal } from '../access/to-change.ts';
import { foreseeApproval } from '../approval/submit.ts';
import { noteReading } from '../customer/open-customer.ts';
import { stageName } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { ContactRow } from '../rows/people.ts';
import type { QuoteLineRow, QuoteLinkRow, QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { stageAhead } from './advance-by-quote.ts';
import { maySeeCosts } from './costs.ts';
import type { QuoteFigures } from './price-quote.ts';
import { quoteToRead } from './quote-access.ts';
import { figuresOf } from './quote-figures.ts';
import { linesOf } from './quote-lines.ts';
import { isLive, READABLE } from './quote-link.ts';
import { ON_PAPER } from './quote-paper.ts';
import { REVISABLE, UNDER_WAY } from './quote-states.ts';

type QuoteRight = 'edit' | 'remove' | 'submit' | 'withdraw' | 'revise' | 'link' | 'paper' | 'send' | 'accept';

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
  /** Newest first. */
  readonly links: readonly { readonly link: QuoteLinkRow; readonly by: string; readonly live: boolean }[];
  /** Where the deal might go now that the customer accepted. */
  readonly offer: { readonly stage: { readonly key: string; readonly name: string } } | null;
  readonly rights: Readonly<Record<QuoteRight, boolean>>;
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
    links: await linksOf(tx, quote),
    offer: (await mayChangeDeal(desk, deal)) ? offerOf(tx, quote, deal) : null,
    approvalId: approval?.id ?? null,
    willNeed: rights.submit ? await foreseeApproval(tx, { kind: 'quote', id, submitterId: me.id }) : [],
  });
}

async function linksOf(tx: Tx, { id, status }: QuoteRow): Promise<QuotePicture['links']> {
  const links = await tx.quoteLink.list({ quoteId: id }, { descending: true });
  const names = await tx.queries.staffNames(links.map(({ madeBy }) => madeBy));
  return links.map((link) => ({
    link,
    by: names.get(link.madeBy) ?? '',
    live: READABLE.includes(status) && isLive(link, tx.now),
  }));
}

/** Asked, not done: a customer's yes may want a contract first, or none at all. */
function offerOf(tx: Tx, { status }: QuoteRow, deal: OpportunityRow): QuotePicture['offer'] {
  const { pipeline, quotes } = tx.active.policy;
  const key = status === 'accepted' ? stageAhead(tx, deal, quotes.acceptedStage) : null;
  return key === null ? null : { stage: { key, name: stageName(pipeline, key) } };
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
    remove: work && status === 'draft',
    submit: work && open && status === 'draft',
    withdraw: work && status === 'submitted' && submitterId === desk.me.id,
    revise: work && open && !busy && REVISABLE.includes(status),
    link: work && READABLE.includes(status),
    paper: ON_PAPER.includes(status),
    send: work && status === 'approved',
    accept: work && status === 'sent',
  };
}
