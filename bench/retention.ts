/** How long others wait for a write while 200,000 messages are past their time, and how long forgetting them takes; on SQLite and MariaDB. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createIdGenerator } from '../src/ids.ts';
import { type Database, openDatabase } from '../src/persistence/database.ts';
import type { Session } from '../src/persistence/session.ts';
import { activate, starterDocument } from '../src/policies.ts';
import { housekeepingJob } from '../src/scheduler/housekeeping.ts';
import { SMALL_TALK } from './lines.ts';
import { type BenchDatabase, openMariadb, openSqliteFile } from './pages/databases.ts';

export interface RetentionResult {
  readonly database: BenchDatabase['name'];
  /** From the first to the last of them gone, ms. */
  readonly tookMs: number;
  /** A write of somebody else, asked every 20 ms meanwhile: 99 of 100 committed within, and the slowest, ms. */
  readonly p99Ms: number;
  readonly slowestMs: number;
}

const EXPIRED = 200_000;
/** Every tenth said something that a rule remembers. */
const WITH_VERDICT = 10;
const AT_ONCE = 500;
const EVERY_MS = 20;
const TENANT = 'bench-retention'.padEnd(26, '0');
const MESSAGE = ['tenant_id', 'id', 'account_id', 'external_id', 'chat_id', 'speaker', 'text', 'sent_at', 'expires_at'];
const VERDICT = [
  ...['tenant_id', 'id', 'message_id', 'signal', 'verdict', 'rule_key', 'phrase', 'quote', 'outcome'],
  ...['policy_version', 'at'],
];

export async function benchRetention(): Promise<RetentionResult[]> {
  const results: RetentionResult[] = [];
  for (const open of [() => openSqliteFile(null), openMariadb]) {
    const place = await open();
    if (!place) continue;
    try {
      results.push(await measure(place));
    } finally {
      await place.close();
    }
  }
  return results;
}

async function measure({ name, url }: BenchDatabase): Promise<RetentionResult> {
  const newId = createIdGenerator(Date.now);
  const database = await openDatabase({ url, now: Date.now, newId });
  try {
    for (let done = 0; done < EXPIRED; done += AT_ONCE)
      await database.unitOfWork.run((session) => seed(session, newId, done));
    let tookMs = 0;
    const forgetting = forget(database).then((ms) => {
      tookMs = ms;
    });
    const waits: number[] = [];
    while (tookMs === 0) {
      const askedAt = performance.now();
      await database.unitOfWork.run((session) =>
        session.insertNew('message', MESSAGE, [row(newId(), Date.now() + 1e9)]),
      );
      waits.push(performance.now() - askedAt);
      await sleep(EVERY_MS);
    }
    await forgetting;
    waits.sort((a, b) => a - b);
    return {
      ...{ database: name, tookMs },
      p99Ms: waits[Math.floor(waits.length * 0.99)] ?? 0,
      slowestMs: waits.at(-1) ?? 0,
    };
  } finally {
    await database.close();
  }
}

async function seed(session: Session, newId: () => string, done: number): Promise<void> {
  const messages = Array.from({ length: AT_ONCE }, (_, i) => row(newId(), Date.now() - 1 - done - i));
  await session.insertNew('message', MESSAGE, messages);
  const judged = messages.filter((_, i) => i % WITH_VERDICT === 0);
  await session.insertNew(
    'signal_decision',
    VERDICT,
    judged.map(([, id]) => [
      ...[TENANT, newId(), id ?? '', 'quoted', 'hint', 'quote-asked', '报价', '报价什么时候能出', 'noted'],
      ...[1, Date.now()],
    ]),
  );
}

const row = (id: string, expiresAt: number): (string | number)[] => [
  ...[TENANT, id, 'account', `om_${id}`, `chat-${Number.parseInt(id.slice(-2), 32) % 50}`, 'customer'],
  ...[SMALL_TALK[expiresAt % SMALL_TALK.length] ?? '好的', expiresAt, expiresAt],
];

/** Returns how long it took, ms. */
async function forget(database: Database): Promise<number> {
  const active = activate(1, starterDocument());
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const begunAt = performance.now();
  await housekeepingJob({
    ...database,
    tenantId: TENANT,
    look: (tenantId, work) =>
      database.unitOfWork.read((session) =>
        work(
          database.tx(session, {
            ...{ tenantId, active, runsShort: () => false, guideOf: () => null, onEnqueue: () => {} },
            cardsOf: () => ({ updates: 'free', updatableForMs: 0 }),
          }),
        ),
      ),
    now: Date.now,
    log,
  }).run();
  return performance.now() - begunAt;
}
