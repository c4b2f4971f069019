/** Production at its worst, by chance, while people talk: afterwards nothing is lost, nothing doubled, and the health page told the truth. */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { knockRounds } from './rounds.ts';
import { openFile, openServer } from './stores.ts';

/** One of each kind: one instance on a file, two on a server. */
const ROUNDS = { sqlite: 5, mysql: 6 }[databaseKind];
/**
 * Left to the soak: rows of a chat are taken in the order of their ids, which are made of the clock. Where one waits at the
 * moment at which a clock is put back by more than a minute, the next one of its chat is taken before it.
 */
const WITHOUT = ['clock ahead', 'clock back'] as const;
const PER_ROUND = { dealsPerRound: 3, quotesPerRound: 1 };

describeDatabase('hard knocks', () => {
  it('stores every message once, moves every deal once, decides every step once, and says what is wrong meanwhile', async () => {
    const store = databaseKind === 'sqlite' ? await openFile() : await openServer();
    if (!store) throw new Error('no MariaDB here: npm run setup:test');
    const seed = Number(process.env.KNOCK_SEED ?? randomInt(1_000_000));
    const instances = databaseKind === 'sqlite' ? 1 : 2;
    try {
      const report = await knockRounds({ store, instances, seed, rounds: ROUNDS, without: WITHOUT, ...PER_ROUND });
      const { faults, counts, blows, log } = report;
      expect(faults, `seed ${seed}: KNOCK_SEED=${seed} repeats it\n${log}`).toEqual([]);
      expect(blows).toHaveLength(ROUNDS);
      const deals = ROUNDS * PER_ROUND.dealsPerRound;
      expect(counts).toMatchObject({
        stored: report.sent + 2 * ROUNDS,
        stageChanges: 4 * deals,
        cards: 2 * deals,
        approvals: ROUNDS,
        decisions: 2 * ROUNDS,
      });
      console.log(`seed ${seed}: ${JSON.stringify({ ...counts, pushes: report.pushes, seconds: report.seconds })}`);
    } finally {
      await store.close();
    }
  }, 240_000);
});
