/** The catalogue, and quotes with their lines: of deals by chance, and of each of the large customer's. */
import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';
import type { Size } from './size.ts';
import type { Steps } from './steps.ts';

const LINES = 3;
const DAY_MS = 86_400_000;
const STATES = ['draft', 'approved', 'sent', 'accepted', 'expired', 'replaced'] as const;

/** Returns the quotes. */
export async function seedQuotes(
  bulk: Bulk,
  { quotes, products }: Size,
  deals: readonly NewRow<'opportunity'>[],
  ofLargest: ReadonlySet<string>,
  chance: Chance,
  steps: Steps,
): Promise<readonly NewRow<'quote'>[]> {
  const catalogue = [...productsOf(products, steps(products))];
  await bulk.put('product', catalogue);
  const largest = deals.filter(({ id }) => ofLargest.has(id));
  const made = [...quotesOf(quotes, deals, largest, chance, steps(quotes))];
  await bulk.put('quote', made);
  await bulk.put('quoteLine', linesOf(made, catalogue, chance, steps(quotes * LINES)));
  return made;
}

function* productsOf(count: number, made: ReturnType<Steps>): Iterable<NewRow<'product'>> {
  for (let n = 0; n < count; n += 1) {
    const { id, at: createdAt } = made.next();
    yield {
      ...{ id, createdAt, updatedAt: createdAt, code: `P-${n}`, name: `轴承座 ${n}`, spec: `HT250-${n}`, unit: '件' },
      ...{ productLine: '轴承', currency: 'CNY', listMinor: 10_000 + n, costMinor: 7_000 + n, active: n % 20 > 0 },
    };
  }
}

function* quotesOf(
  count: number,
  deals: readonly NewRow<'opportunity'>[],
  largest: readonly NewRow<'opportunity'>[],
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'quote'>> {
  for (let n = 0; n < count; n += 1) {
    const { id, at: createdAt } = made.next();
    const { id: opportunityId, customerId, ownerId } = largest[n] ?? chance.pick(deals);
    const none = { contactId: null, terms: null, remark: null, seenAt: null, closedAt: null };
    yield {
      ...{ id, opportunityId, customerId, ownerId, ...none, createdAt, updatedAt: createdAt, version: 3 },
      ...{ number: `Q20250101-${n}`, revision: 1, status: chance.pick(STATES), title: '轴承座报价', currency: 'CNY' },
      ...{ taxBp: 1300, taxIncluded: true, validUntil: createdAt + 30 * DAY_MS },
      ...{ netMinor: 1_000_000, grossMinor: 1_130_000, marginBp: 2_000, discountBp: 500 },
      ...{ submittedAt: createdAt, decidedAt: createdAt, sentAt: null },
    };
  }
}

function* linesOf(
  quotes: readonly NewRow<'quote'>[],
  catalogue: readonly NewRow<'product'>[],
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'quoteLine'>> {
  for (const { id: quoteId } of quotes)
    for (let position = 1; position <= LINES; position += 1) {
      const { id: productId, name, spec, unit, productLine, listMinor, costMinor } = chance.pick(catalogue);
      yield {
        ...{ id: made.next().id, quoteId, position, productId, name, spec, unit, productLine, listMinor, costMinor },
        ...{ quantityMilli: 10_000, priceMinor: 9_500, remark: null },
      };
    }
}
