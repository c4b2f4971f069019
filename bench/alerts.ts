/** How soon an alert is at its reader after its deal stood too long, while the server takes a hundred messages a second; on SQLite and MariaDB. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertClean, settled } from '../sandbox/flows/flow.ts';
import { createSeeder } from '../sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import { worksOn } from '../src/crm/notice/quiet-time.ts';
import type { ActivePolicy } from '../src/crm/tx.ts';
import { SMALL_TALK } from './lines.ts';
import { openMariadb, openSqliteFile } from './pages/databases.ts';
import { type Spread, spread } from './spread.ts';

export interface AlertsResult {
  readonly database: 'sqlite' | 'mariadb';
  /** From the instant at which it is due to the card on the platform, ms. */
  readonly ms: Spread;
  /** Messages taken and handled meanwhile, a second. */
  readonly messagesPerSecond: number;
}

const PER_SECOND = 100;
const CHATS = 50;
/** One deal each, one due every second: so the turns of the clock are met at every moment between them. */
const DEALS = 45;
const EVERY_MS = 1_000;
const BEFORE_MS = 10_000;
const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;
/** May stand for one working day. */
const STAGE = 'contacted';

export async function benchAlerts(): Promise<AlertsResult[]> {
  const results: AlertsResult[] = [];
  for (const open of [() => openSqliteFile(null), openMariadb]) {
    const database = await open();
    if (!database) continue;
    const sandbox = await startSandbox({ databaseUrl: database.url, logLevel: 'silent' });
    try {
      results.push({ database: database.name, ...(await measure(sandbox)) });
    } finally {
      await sandbox.close();
      await database.close();
    }
  }
  return results;
}

async function measure(sandbox: Sandbox): Promise<Omit<AlertsResult, 'database'>> {
  await toAnAfternoon(sandbox);
  const talk = await openChats(sandbox);
  const stalled = await stall(sandbox);
  const begun = performance.now();
  let said = 0;
  const shown = Promise.all(stalled.map((one) => whenShown(sandbox, one)));
  let done = false;
  const finished = shown.finally(() => {
    done = true;
  });
  while (!done) {
    talk(said);
    said += 1;
    await sleep(Math.max(0, begun + (said * 1_000) / PER_SECOND - performance.now()));
  }
  const ms = spread(await finished);
  const seconds = (performance.now() - begun) / 1_000;
  await settled(sandbox, 60_000);
  const stored = await sandbox.app.look((tx) => tx.message.list({}));
  assert.equal(stored.length, said, 'messages were lost, or stored twice');
  await assertClean(sandbox);
  return { ms, messagesPerSecond: said / seconds };
}

/** To four o'clock of a working day behind a working day: what began a day before has just used up a working day. */
async function toAnAfternoon(sandbox: Sandbox): Promise<void> {
  const works = (active: ActivePolicy, at: number) => worksOn(active, at) && worksOn(active, at - DAY_MS);
  const at = await sandbox.app.look(async ({ active, now }) => {
    let day = active.calendar.atLocalTime(now + DAY_MS, '16:00');
    while (!works(active, day)) day = active.calendar.atLocalTime(day + DAY_MS, '16:00');
    return day;
  });
  sandbox.advance(at - sandbox.now());
}

/** Groups with a customer who has nothing to do with the deals that stand. */
async function openChats({ app, platform }: Sandbox): Promise<(n: number) => void> {
  const { world } = platform;
  const seller = world.addPerson({ name: '客服' });
  const rooms = Array.from({ length: CHATS }, (_, n) => {
    const customer = world.addPerson({ name: `客户${n}`, company: `公司${n}` });
    const chat = world.createGroup({ name: `公司${n}`, members: [seller, customer] });
    chat.botIn = true;
    return { customer, chat };
  });
  await app.transact(async (tx) => {
    const seed = createSeeder(tx, app.accounts[0]?.id ?? '');
    const staffId = await seed.employ('客服', 'sales', null);
    await seed.identify(staffId, seller.openId);
    for (const { customer, chat } of rooms) {
      const contact = { contactName: customer.name, contactExternalId: customer.openId };
      const customerId = await seed.sell({ name: chat.name, ownerId: staffId, ...contact });
      await seed.link({ externalId: chat.chatId, name: chat.name, customerId, staffId, external: true });
    }
  });
  return (n) => {
    const { customer, chat } = rooms[n % CHATS] ?? rooms[0] ?? assert.fail('nobody speaks');
    platform.say(customer, chat, `${SMALL_TALK[n % SMALL_TALK.length]}（${n}）`);
  };
}

interface Stalled {
  readonly person: string;
  readonly name: string;
  /** When its time is up, ms. */
  readonly dueAt: number;
}

/** Deals of one owner each, whose time is up one after the other. */
async function stall({ app, platform, now }: Sandbox): Promise<Stalled[]> {
  const first = now() + BEFORE_MS;
  return app.transact(async (tx) => {
    // The company that is there already has nothing to say in this.
    for (const { id } of await tx.stageClock.list({})) await tx.stageClock.update({ id }, { nextAt: null });
    const seed = createSeeder(tx, app.accounts[0]?.id ?? '');
    const stalled: Stalled[] = [];
    for (let n = 0; n < DEALS; n += 1) {
      const person = platform.world.addPerson({ name: `销售${n}` });
      const ownerId = await seed.employ(person.name, 'sales', null);
      await seed.identify(ownerId, person.openId);
      const name = `停着的商机 ${n}`;
      const customerId = await seed.sell({ name: `停着的客户${n}`, ownerId, contactName: '某人' });
      const id = await seed.deal({ customerId, ownerId, name, stage: STAGE, amountMinor: 100 });
      const dueAt = first + n * EVERY_MS;
      await tx.stageClock.insert({
        ...{
          id,
          subject: 'deal',
          stage: STAGE,
          customerId,
          round: tx.newId(),
          fromAt: dueAt - DAY_MS,
          metAt: null,
          level: 0,
        },
        ...{ nextAt: dueAt, heldUntil: null, heldBy: null, extendedMs: 0, extensions: 0, highRisk: false },
        ...{ policyVersion: tx.active.version, version: 1 },
      });
      stalled.push({ person: person.openId, name, dueAt });
    }
    return stalled;
  });
}

/** Ms between the instant at which it was due and its card. */
function whenShown({ platform, now }: Sandbox, { person, name, dueAt }: Stalled): Promise<number> {
  return new Promise((resolve, reject) => {
    const give = setTimeout(
      () => {
        leave();
        reject(new Error(`no alert about ${name} within ${PATIENCE_MS} ms`));
      },
      dueAt - now() + PATIENCE_MS,
    );
    const leave = platform.journal.subscribe(() => {
      if (now() < dueAt || !platform.cardsOf(person).some(({ text }) => text.includes(name))) return;
      clearTimeout(give);
      leave();
      resolve(now() - dueAt);
    });
  });
}
