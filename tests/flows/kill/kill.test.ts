/** The server is killed at random moments while the platform keeps sending; afterwards nothing is lost and nothing doubled. */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeDatabase, freshDatabaseUrl } from '../../support/services/database.ts';
import { freePort } from '../../support/services/free-port.ts';
import { killRounds } from './rounds.ts';

describeDatabase('killed without warning', () => {
  it('stores every message once, moves every deal once, and decides every step of a quote once', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    const seed = Number(process.env.KILL_SEED ?? randomInt(1_000_000));
    const report = await killRounds({
      databaseUrl: url,
      port: await freePort(),
      seed,
      ...{ rounds: 5, dealsPerRound: 8, quotesPerRound: 3 },
    });
    const { faults, counts, kills, log } = report;
    expect(faults, `seed ${seed}: KILL_SEED=${seed} repeats it\n${log}`).toEqual([]);
    expect(kills).toHaveLength(5);
    expect(counts).toMatchObject({ stored: report.sent, stageChanges: 160, cards: 80, approvals: 15, decisions: 30 });
    console.log(
      `seed ${seed}: ${JSON.stringify({ ...counts, pushes: report.pushes, taps: report.taps, seconds: report.seconds })}`,
    );
    await dispose();
  }, 240_000);
});
