/** Deals that have stood still for months: the clock tells their owners, once, while everything around it falls over. */
import type { FeishuEmulator, Person } from '../../../sandbox/feishu/index.ts';
import { createSeeder } from '../../../sandbox/seed.ts';
import type { App } from '../../../src/app.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { fillAllClocks } from '../../../src/scheduler/stage-sweep.ts';
import type { Expect } from './quote-verdict.ts';

export interface Sleeper {
  readonly dealId: string;
  readonly name: string;
  readonly owner: Person;
}

const MONTHS_MS = 120 * 86_400_000;

export async function seedSleepers(app: App, { world }: FeishuEmulator, count: number): Promise<Sleeper[]> {
  const sleepers = await app.transact(async (tx) => {
    const seed = createSeeder(tx, app.accounts.find(({ platform }) => platform === 'feishu')?.id ?? '');
    const made: Sleeper[] = [];
    for (let n = 1; n <= count; n += 1) {
      const owner = world.addPerson({ name: `久等${n}` });
      const ownerId = await seed.employ(owner.name, 'sales', null);
      await seed.identify(ownerId, owner.openId);
      const customerId = await seed.sell({ name: `久等公司${n}`, ownerId, contactName: '采购' });
      const name = `久等商机${n}`;
      const dealId = await seed.deal({ customerId, ownerId, name, stage: 'contacted', amountMinor: 1 });
      made.push({ dealId, name, owner });
    }
    return made;
  });
  const transact = <T>(_: string, work: (tx: Tx) => Promise<T>) => app.transact(work);
  await fillAllClocks({ tenantId: app.accounts[0]?.tenantId ?? '', transact });
  await app.transact(async (tx) => {
    for (const { dealId } of sleepers)
      await tx.stageClock.update({ id: dealId }, { fromAt: tx.now - MONTHS_MS, nextAt: tx.now - MONTHS_MS / 2 });
  });
  return sleepers;
}

/** Told at least once, each level once, and what is told is on a card that its owner sees. Returns how many alerts. */
export async function judgeSleepers(app: App, platform: FeishuEmulator, sleepers: readonly Sleeper[], expect: Expect) {
  let told = 0;
  for (const { dealId, name, owner } of sleepers) {
    const alerts = await app.look((tx) => tx.alert.list({ clockId: dealId }));
    const keys = alerts.map(({ round, level, toKind, toId }) => [round, level, toKind, toId].join());
    expect(`alerts of ${name} told twice`, keys.length - new Set(keys).size, 0);
    const shown = alerts.filter(({ state }) => state === 'shown');
    expect(`${name} was told`, shown.length > 0, true);
    const cards = await app.look((tx) => tx.card.list({}));
    const mine = cards.filter(({ id }) => shown.some(({ cardId }) => cardId === id));
    expect(`cards about ${name} that are missing`, mine.filter(({ messageId }) => messageId === null).length, 0);
    expect(
      `${owner.name} sees one`,
      platform.cardsOf(owner).some(({ text }) => text.includes(name)),
      true,
    );
    told += shown.length;
  }
  return told;
}
