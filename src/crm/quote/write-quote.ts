/** Writes quotes: a new draft for a deal, a draft's content anew, and a new revision of one that may not be changed any more. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { refuseToChange } from '../access/to-change.ts';
import { endVerdict } from '../approval/end-verdict.ts';
import { DAY_MS } from '../calendar/spans.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import { CURRENCY } from '../product/product-desk.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { nameOf, quoteNote } from './move-quote.ts';
import { quoteToChange } from './quote-access.ts';
import { figuresOf, keptFigures, tooLarge } from './quote-figures.ts';
import { linesOf, type NewLine, takeLines, type WantedLine, writeLines } from './quote-lines.ts';
import { nextQuoteNumber } from './quote-number.ts';
import { REVISABLE, UNDER_WAY } from './quote-states.ts';

/** The whole content; what is undefined is empty, or for `validUntil` as the policy says. */
export interface QuoteContent {
  readonly title: string;
  readonly contactId?: string | null | undefined;
  readonly taxBp: number;
  readonly taxIncluded: boolean;
  /** ms. */
  readonly validUntil?: number | null | undefined;
  readonly terms?: string | null | undefined;
  readonly remark?: string | null | undefined;
  readonly lines: readonly WantedLine[];
}

export async function beginQuote(desk: Desk, dealId: string, content: QuoteContent): Promise<Done<QuoteRow>> {
  const { tx } = desk;
  const deal = (await desk.see.deal(dealId)) && (await tx.opportunity.hold(dealId));
  if (!deal) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  if (deal.status !== 'open') return refused('not_open', '商机已经结束，不能再报价。');
  const taken = await take(desk, deal, content);
  if (!taken.ok) return taken;
  const number = await nextQuoteNumber(tx);
  return done(await insertDraft(desk, deal, { number, revision: 1 }, taken.value));
}

/** Of a draft only: what was submitted stays as it was. */
export async function changeQuote(
  desk: Desk,
  id: string,
  { expectedVersion, ...content }: QuoteContent & { readonly expectedVersion: number },
): Promise<Done<QuoteRow>> {
  const { tx, notes } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['draft'], act: '再改；要改请另写一版' });
  if (!found.ok) return found;
  const { quote, deal } = found.value;
  const taken = await take(desk, deal, content);
  if (!taken.ok) return taken;
  const { fields, lines } = taken.value;
  const patch = { ...fields, updatedAt: tx.now, version: quote.version + 1 };
  await tx.quote.update({ id }, patch);
  await writeLines(tx, id, lines);
  await refreshQuestions(tx, deal.id);
  notes.push(quoteNote(quote, 'update'));
  return done({ ...quote, ...patch });
}

/** The same content as a draft of its own, with what the catalogue says now. */
export async function reviseQuote(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: REVISABLE, act: '另写一版' });
  if (!found.ok) return found;
  const { quote, deal } = found.value;
  if (deal.status !== 'open') return refused('not_open', '商机已经结束，不能再报价。');
  const revisions = await tx.quote.list({ number: quote.number });
  const busy = revisions.find(({ status }) => UNDER_WAY.includes(status) || status === 'accepted');
  if (busy)
    return refused(
      'wrong_state',
      `${nameOf(busy)}${busy.status === 'accepted' ? '客户已接受' : '还没有完'}，不能再写一版。`,
    );
  const { title, contactId, taxBp, taxIncluded, terms, remark } = quote;
  const lines = await withoutGone(tx, await linesOf(tx, id));
  const validUntil = quote.validUntil !== null && quote.validUntil > tx.now ? quote.validUntil : undefined;
  const content = { title, contactId, taxBp, taxIncluded, terms, remark, validUntil, lines };
  const taken = await take(desk, deal, content);
  if (!taken.ok) return taken;
  const revision = Math.max(...revisions.map((one) => one.revision)) + 1;
  const draft = await insertDraft(desk, deal, { number: quote.number, revision }, taken.value);
  await endVerdict(tx, 'quote', id, `已建好第 ${revision} 版，从下面打开修改`);
  return done(draft);
}

/** A product that is no longer there leaves its line as it was written. */
async function withoutGone(tx: Tx, lines: readonly WantedLine[]): Promise<readonly WantedLine[]> {
  const ids = lines.flatMap(({ productId }) => (productId ? [productId] : []));
  const there = new Set((await tx.queries.productsOf([...new Set(ids)])).map((product) => product.id));
  return lines.map((line) => ({
    ...line,
    productId: line.productId && there.has(line.productId) ? line.productId : null,
  }));
}

type Fields = Pick<
  QuoteRow,
  'title' | 'contactId' | 'taxBp' | 'taxIncluded' | 'validUntil' | 'terms' | 'remark' | 'netMinor' | 'grossMinor'
> &
  Pick<QuoteRow, 'marginBp' | 'discountBp'>;

interface Taken {
  readonly fields: Fields;
  readonly lines: readonly NewLine[];
}

async function take({ tx }: Desk, deal: OpportunityRow, content: QuoteContent): Promise<Done<Taken>> {
  const { title, contactId = null, taxBp, taxIncluded, terms = null, remark = null } = content;
  const wrong = await refuseContact(tx, contactId, deal.customerId);
  if (wrong) return wrong;
  const lines = await takeLines(tx, content.lines);
  if (!lines.ok) return lines;
  const figures = figuresOf({ taxBp, taxIncluded }, lines.value);
  if (tooLarge(figures)) return refused('bad_request', '金额太大：一份报价单最多 100 亿元。');
  const validUntil =
    content.validUntil === undefined ? tx.now + tx.active.policy.quotes.validDays * DAY_MS : content.validUntil;
  const fields = { title, contactId, taxBp, taxIncluded, validUntil, terms, remark, ...keptFigures(figures) };
  return done({ fields, lines: lines.value });
}

async function refuseContact(tx: Tx, contactId: string | null, customerId: string): Promise<Refused | null> {
  if (contactId === null) return null;
  const contact = await tx.contact.get(contactId);
  return contact?.customerId === customerId ? null : refused('bad_request', '收件的联系人不是这个客户的。');
}

async function insertDraft(
  { tx, me, notes }: Desk,
  { id: opportunityId, customerId, currency }: OpportunityRow,
  which: Pick<QuoteRow, 'number' | 'revision'>,
  { fields, lines }: Taken,
): Promise<QuoteRow> {
  const none = { submittedAt: null, decidedAt: null, sentAt: null, seenAt: null, closedAt: null };
  const quote = await tx.quote.insert({
    ...{ id: tx.newId(), opportunityId, customerId, ownerId: me.id, status: 'draft', currency: currency || CURRENCY },
    ...{ ...which, ...fields, ...none },
    createdAt: tx.now,
    updatedAt: tx.now,
    version: 1,
  });
  await writeLines(tx, quote.id, lines);
  await refreshQuestions(tx, opportunityId);
  notes.push(quoteNote(quote, 'create'));
  return quote;
}
