// Whatever colleagues and approvers do in whatever order: no quote takes a step that the states do not know, and what was
// submitted reads the same ever after.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../src/crm/access/desk.ts';
import { expireQuotes } from '../../../src/crm/quote/expire-quotes.ts';
import { noteOpening } from '../../../src/crm/quote/open-by-customer.ts';
import { acceptQuote, markSent, submitQuote, withdrawQuote } from '../../../src/crm/quote/quote-desk.ts';
import { makeQuoteLink } from '../../../src/crm/quote/quote-link.ts';
import { QUOTE_MOVES } from '../../../src/crm/quote/quote-states.ts';
import { quoteSubject } from '../../../src/crm/quote/quote-subject.ts';
import { removeDraft } from '../../../src/crm/quote/remove-draft.ts';
import { beginQuote, changeQuote, reviseQuote } from '../../../src/crm/quote/write-quote.ts';
import type { QuoteLineRow, QuoteRow, QuoteStatus } from '../../../src/crm/rows/quotes.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, openCompany } from '../api/company.ts';
import { quotingHouse } from './house.ts';

/** Over half a million has to be agreed to, a small sum has not. */
const content = (price: number) => ({
  ...{ title: `第 ${price} 次`, taxBp: 1300, taxIncluded: true },
  lines: [
    { name: '生产线', unit: '条', quantityMilli: 1_000, priceMinor: price % 2 === 0 ? 60_000_000 + price : price },
  ],
});

type Act = (desk: Desk, quote: QuoteRow, n: number) => Promise<unknown>;
const ended = ({ id }: QuoteRow) => ({ approvalId: 'none', subjectId: id, staffId: null, outcome: '看过了' });

const acts: Readonly<Record<string, Act>> = {
  change: (desk, { id, version }, n) => changeQuote(desk, id, { ...content(n), expectedVersion: version }),
  submit: (desk, { id, version }) => submitQuote(desk, id, version),
  withdraw: (desk, { id, version }) => withdrawQuote(desk, id, version),
  revise: (desk, { id, version }) => reviseQuote(desk, id, version),
  send: (desk, { id, version }) => markSent(desk, id, version),
  accept: (desk, { id, version }) => acceptQuote(desk, id, version),
  remove: (desk, { id, version }) => removeDraft(desk, id, version),
  async open(desk, { id }) {
    const token = desk.tx.newActionKey();
    await makeQuoteLink(desk, id, token);
    await noteOpening(desk.tx, token);
  },
  late: (desk, { id, version }) => markSent(desk, id, version - 1),
  approve: ({ tx }, quote) => quoteSubject.approved(tx, ended(quote)),
  reject: ({ tx }, quote) => quoteSubject.rejected(tx, ended(quote)),
  async expire({ tx }, { id, status }) {
    // Its time is over; as a draft it says so itself.
    if (status !== 'draft') await tx.quote.update({ id }, { validUntil: 1 });
    await expireQuotes(tx, 10);
  },
};

interface Seen {
  readonly quote: QuoteRow;
  readonly lines: readonly QuoteLineRow[];
}

const look = async (tx: Tx, opportunityId: string): Promise<ReadonlyMap<string, Seen>> =>
  new Map(
    await Promise.all(
      (await tx.quote.list({ opportunityId })).map(
        async (quote) => [quote.id, { quote, lines: await tx.quoteLine.list({ quoteId: quote.id }) }] as const,
      ),
    ),
  );

/** In one act a draft may be submitted and approved. */
const reachable = (from: QuoteStatus): readonly QuoteStatus[] => [
  from,
  ...QUOTE_MOVES[from],
  ...(from === 'draft' ? QUOTE_MOVES.submitted : []),
];

const said = ({ quote, lines }: Seen) => {
  const { title, number, revision, taxBp, taxIncluded, terms, netMinor, grossMinor, marginBp, discountBp } = quote;
  return { title, number, revision, taxBp, taxIncluded, terms, netMinor, grossMinor, marginBp, discountBp, lines };
};

async function live(company: Company, me: string, steps: readonly (readonly [string, number])[]): Promise<void> {
  const { dealId } = await company.customer('宁波恒锐', me);
  const atDesk = <T>(work: (desk: Desk) => Promise<T>): Promise<T> =>
    company.transact(async (tx) => {
      const desk = await openDesk(tx, { staffId: me, accountId: company.accountId });
      if (!desk) throw new Error('nobody there');
      return work(desk);
    });
  await atDesk((desk) => beginQuote(desk, dealId, content(1)));
  for (const [name, n] of steps) {
    const { before, after } = await atDesk(async (desk) => {
      const seen = await look(desk.tx, dealId);
      const one = [...seen.values()][n % seen.size];
      if (one) await acts[name]?.(desk, one.quote, n);
      else await beginQuote(desk, dealId, content(n));
      return { before: seen, after: await look(desk.tx, dealId) };
    });
    for (const [id, was] of before) {
      const is = after.get(id);
      if (!is) {
        expect(was.quote).toMatchObject({ status: 'draft', submittedAt: null });
        continue;
      }
      expect(reachable(was.quote.status)).toContain(is.quote.status);
      if (was.quote.status !== 'draft') expect(said(is)).toEqual(said(was));
      if (was.quote.status !== is.quote.status) expect(is.quote.version).toBeGreaterThan(was.quote.version);
    }
    const states = [...after.values()].map(({ quote }) => quote.status);
    expect(states.filter((state) => state === 'draft' || state === 'submitted').length).toBeLessThanOrEqual(1);
    expect(states.filter((state) => ['approved', 'sent', 'accepted'].includes(state)).length).toBeLessThanOrEqual(1);
  }
}

describeDatabase('the lives of quotes', () => {
  it('take no step that is not one of theirs', { timeout: 120_000 }, async () => {
    await using company = await openCompany();
    const { me } = await quotingHouse(company);
    const step = fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat(1_000));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), (steps) => live(company, me, steps)),
      { numRuns: 20 },
    );
  });
});
