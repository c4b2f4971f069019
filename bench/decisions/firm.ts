/** A company in which pairs of colleagues agree to quotes, each of a pair on another platform, and either may decide. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { settled } from '../../sandbox/flows/flow.ts';
import { createSeeder } from '../../sandbox/seed.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { openDesk } from '../../src/crm/access/desk.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { submitQuote } from '../../src/crm/quote/quote-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import { starterDocument } from '../../src/policies.ts';
import { overlayDocument } from '../../src/policy/overlay.ts';
import { type Hand, type HandName, handNames, handsOf } from './hands.ts';

/** So that nobody reads more cards a minute than a platform brings them. */
const PAIRS = 48;

/** Somebody who is asked, and where they read. */
interface Approver {
  readonly hand: Hand;
  /** As their platform calls them. */
  readonly id: string;
  readonly staffId: string;
}

interface Pair {
  readonly approvers: readonly [Approver, Approver];
  readonly salesId: string;
  readonly dealId: string;
  readonly productId: string;
}

/** One approval: the card that will be tapped, and the other one. */
export interface Asked {
  readonly tapped: AskedCard;
  readonly other: AskedCard;
}

export interface AskedCard {
  readonly hand: Hand;
  readonly person: string;
  readonly messageId: string;
}

/** So many quotes submitted, every card on its platform; who taps and who only watches takes turns over the platforms. */
export async function askFor(sandbox: Sandbox, count: number): Promise<Asked[]> {
  const hands = handsOf(sandbox);
  const pairs = await employ(sandbox, hands);
  await publish(sandbox, pairs);
  const approvals = Array.from({ length: Math.ceil(count / PAIRS) }, () => pairs)
    .flat()
    .slice(0, count);
  for (const [n, pair] of approvals.entries()) {
    await submit(sandbox, pair, n);
    // People submit one after the other: nobody's platform brings so many cards in one breath.
    await sleep(15);
  }
  await settled(sandbox, 120_000);
  return cardsOf(pairs, count);
}

async function employ(sandbox: Sandbox, hands: Readonly<Record<HandName, Hand>>): Promise<Pair[]> {
  const accountOf = (name: HandName) => sandbox.app.accounts.find(({ platform }) => platform === name)?.id ?? '';
  return sandbox.app.transact(async (tx) => {
    const known = async (name: string, on: HandName, role: 'sales' | 'manager'): Promise<Approver> => {
      const id = hands[on].join(name);
      const seed = createSeeder(tx, accountOf(on));
      const staffId = await seed.employ(name, role, null);
      await seed.identify(staffId, id);
      return { hand: hands[on], id, staffId };
    };
    const pairs: Pair[] = [];
    for (let n = 0; n < PAIRS; n += 1) {
      const [first, second] = [nameAt(n), nameAt(n + 1)];
      const approvers = [
        await known(`审批人${n}甲`, first, 'manager'),
        await known(`审批人${n}乙`, second, 'manager'),
      ] as const;
      const { staffId: salesId } = await known(`销售${n}`, nameAt(n + 2), 'sales');
      const seed = createSeeder(tx, accountOf('feishu'));
      const customerId = await seed.sell({ name: `客户公司${n}`, ownerId: salesId, contactName: '采购' });
      const deal = { customerId, ownerId: salesId, name: `商机${n}`, stage: 'qualified', amountMinor: 1_000_000 };
      const product = { name: `产品${n}`, unit: '件', listMinor: 10_000, productLine: lineOf(n) };
      const { id: productId } = await insertProduct(tx, product);
      pairs.push({ approvers, salesId, dealId: await seed.deal(deal), productId });
    }
    return pairs;
  });
}

const nameAt = (n: number): HandName => handNames[n % handNames.length] ?? 'feishu';
const lineOf = (n: number): string => `产品线${n}`;

/** A rule per product line: whichever of the two taps first decides. */
async function publish({ app }: Sandbox, pairs: readonly Pair[]): Promise<void> {
  const rules = pairs.map(({ approvers }, n) => ({
    key: `line_${n}`,
    name: `${lineOf(n)}的报价`,
    when: { productLines: [lineOf(n)] },
    steps: [{ key: `pair_${n}`, name: '主管', who: [{ kind: 'staff', ids: approvers.map((one) => one.staffId) }] }],
  }));
  const document = overlayDocument(starterDocument(), JSON.stringify({ approvals: { quote: { rules } } }));
  await app.database.company.publishPolicy(app.accounts[0]?.tenantId ?? '', document, 'bench');
}

async function submit({ app }: Sandbox, { salesId, dealId, productId }: Pair, n: number): Promise<void> {
  await app.transact(async (tx) => {
    const desk = await openDesk(tx, { staffId: salesId, accountId: app.accounts[0]?.id ?? '' });
    assert.ok(desk);
    const line = { productId, name: '轴承座', unit: '件', quantityMilli: 1_000_000, priceMinor: 9_500 };
    const content = { title: `报价${n}`, taxBp: 1_300, taxIncluded: true, lines: [line] };
    const draft = await beginQuote(desk, dealId, content);
    assert.ok(draft.ok, JSON.stringify(draft));
    const submitted = await submitQuote(desk, draft.value.id, draft.value.version);
    assert.ok(submitted.ok && submitted.value.status === 'submitted', JSON.stringify(submitted));
  });
}

/** In the order in which they were asked: the n-th card of both is about the same quote. */
function cardsOf(pairs: readonly Pair[], count: number): Asked[] {
  const shown = pairs.map(({ approvers }) => approvers.map(({ hand, id }) => hand.cardsOf(id)));
  return Array.from({ length: count }, (_, n) => {
    const [at, round] = [n % pairs.length, Math.floor(n / pairs.length)];
    const cards = [0, 1].map((seat): AskedCard => {
      const approver = pairs[at]?.approvers[seat];
      const messageId = shown[at]?.[seat]?.[round];
      assert.ok(approver && messageId !== undefined, `the card of approval ${n} did not come`);
      return { hand: approver.hand, person: approver.id, messageId };
    });
    const [tapped, other] = round % 2 === 0 ? cards : cards.toReversed();
    assert.ok(tapped && other);
    return { tapped, other };
  });
}
