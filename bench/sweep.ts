/** How long one sweep takes over 300,000 open deals of which one in a hundred is due, and one with nothing due; on SQLite and MariaDB. */
import assert from 'node:assert/strict';
import { createIdGenerator } from '../src/ids.ts';
import { openDatabase } from '../src/persistence/database.ts';
import { activate, starterDocument } from '../src/policies.ts';
import { startChild } from './child.ts';
import { openMariadb, openSqliteFile } from './pages/databases.ts';
import type { SweepAnswer } from './processes/sweep.ts';
import { type Spread, spread } from './spread.ts';
import { DUE_AT, seedSweep } from './sweep/company.ts';

export interface SweepResult {
  readonly database: 'sqlite' | 'mariadb';
  /** Until the cards with the alerts were enqueued. */
  readonly wholeMs: number;
  readonly sweepMs: number;
  readonly peakMib: number;
  readonly idleMs: Spread;
  /** The same with a tenth of the deals. */
  readonly idleSmallMs: Spread;
  readonly alerts: number;
  readonly cards: number;
}

const DEALS = 300_000;
const FEWER = 30_000;

export async function benchSweep(): Promise<SweepResult[]> {
  const results: SweepResult[] = [];
  for (const open of [() => openSqliteFile(null), openMariadb]) {
    const small = await measure(open, FEWER);
    const large = small && (await measure(open, DEALS));
    if (!small || !large) continue;
    const { name, answer } = large;
    assert.equal(answer.fired, DEALS / 100);
    const { sweepMs, showMs, peakMib, alerts, cards } = answer;
    const idle = { idleMs: spread(answer.idleMs), idleSmallMs: spread(small.answer.idleMs) };
    results.push({ database: name, wholeMs: sweepMs + showMs, sweepMs, peakMib, alerts, cards, ...idle });
  }
  return results;
}

async function measure(
  open: () => Promise<Awaited<ReturnType<typeof openMariadb>>>,
  deals: number,
): Promise<{ name: 'sqlite' | 'mariadb'; answer: SweepAnswer } | null> {
  const store = await open();
  if (!store) return null;
  const child = startChild('sweep.ts');
  try {
    const database = await openDatabase({ url: store.url, now: () => DUE_AT, newId: createIdGenerator(() => DUE_AT) });
    await seedSweep(database, activate(1, starterDocument()), deals);
    await database.close();
    await store.settle();
    return { name: store.name, answer: await child.ask<SweepAnswer>({ url: store.url }) };
  } finally {
    await child.stop();
    await store.close();
  }
}
