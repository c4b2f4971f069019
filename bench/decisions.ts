/** How soon a decision is on every card: twenty a second, over three platforms, from the tap to the last card's change. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertClean, settled } from '../sandbox/flows/flow.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import { type BareDecider, startBareDecider } from './decisions/bare.ts';
import { type Asked, askFor } from './decisions/firm.ts';
import type { Hand } from './decisions/hands.ts';
import { openMariadb, openSqliteFile } from './pages/databases.ts';
import { type Spread, spread } from './spread.ts';

export interface DecisionResult {
  readonly database: 'sqlite' | 'mariadb';
  readonly ms: Spread;
  readonly p99Ms: number;
  readonly bareP99Ms: number;
  /** Median of a decision ÷ median of a bare one, of the same seconds. */
  readonly timesBare: number;
}

const PER_SECOND = 20;
const SECONDS = 30;
/** While the code is still being compiled. */
const WARM_UP = 2 * PER_SECOND;
/** A card that has not changed by then is lost. */
const PATIENCE_MS = 20_000;

/** On SQLite, and on MariaDB where there is one. Product and platforms share this process. */
export async function benchDecisions(): Promise<DecisionResult[]> {
  const results: DecisionResult[] = [];
  for (const open of [() => openSqliteFile(null), openMariadb]) {
    const database = await open();
    if (!database) continue;
    const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
    try {
      results.push({ database: database.name, ...(await measure(database.url, folder)) });
    } finally {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return results;
}

async function measure(databaseUrl: string, folder: string): Promise<Omit<DecisionResult, 'database'>> {
  const sandbox = await startSandbox({
    ...{ databaseUrl, logLevel: 'silent', wecom: {} },
    dingtalk: { openApiPerMonth: 1_000_000, streamPerMonth: 1_000_000 },
  });
  const bare = await startBareDecider(databaseUrl, folder);
  try {
    await sandbox.dingtalk?.platform.waitForConnection();
    return await decideAll(sandbox, bare, await askFor(sandbox, WARM_UP + SECONDS * PER_SECOND));
  } finally {
    await bare.close();
    await sandbox.close();
  }
}

async function decideAll(
  sandbox: Sandbox,
  bare: BareDecider,
  asked: readonly Asked[],
): Promise<Omit<DecisionResult, 'database'>> {
  const pace = 1_000 / PER_SECOND;
  const [decisions, bareOnes]: [Promise<number>[], Promise<number>[]] = [[], []];
  const begun = performance.now();
  for (const [n, one] of asked.entries()) {
    await sleep(Math.max(0, begun + n * pace - performance.now()));
    decisions.push(decide(one));
    // Halfway to the next, so that a slow second slows both.
    await sleep(pace / 2);
    bareOnes.push(bare.decide());
  }
  const took = (await Promise.all(decisions)).slice(WARM_UP);
  const bareTook = (await Promise.all(bareOnes)).slice(WARM_UP);
  await settled(sandbox, 60_000);
  for (const { tapped, other } of asked)
    for (const { hand, messageId } of [tapped, other])
      assert.deepEqual(hand.buttonsOf(messageId), [], `a card on ${hand.name} can still be pressed`);
  await assertClean(sandbox);
  const [ms, bareMs] = [spread(took), spread(bareTook)];
  return { ms, p99Ms: share(took, 0.99), bareP99Ms: share(bareTook, 0.99), timesBare: ms.median / bareMs.median };
}

/** From the tap to the moment at which both cards have changed, ms. */
async function decide({ tapped, other }: Asked): Promise<number> {
  const begun = performance.now();
  const changed = [tapped, other].map(({ hand, messageId }) => whenChanged(hand, messageId));
  await tapped.hand.agree(tapped.person, tapped.messageId);
  return Math.max(...(await Promise.all(changed))) - begun;
}

/** Resolves with the moment of the card's first change. */
function whenChanged(hand: Hand, messageId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      leave();
      reject(new Error(`a card on ${hand.name} did not change within ${PATIENCE_MS} ms`));
    }, PATIENCE_MS);
    const leave = hand.subscribe(() => {
      if (hand.updatesOf(messageId) === 0) return;
      const at = performance.now();
      clearTimeout(timer);
      leave();
      resolve(at);
    });
  });
}

function share(values: readonly number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}
