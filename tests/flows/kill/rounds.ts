/** Kills the server again and again while people talk, and judges what is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seedDeals } from './company.ts';
import { converse, type Talk } from './conversation.ts';
import { openDesk } from './desk.ts';
import { createPatience } from './patience.ts';
import { sellByQuote } from './quoting.ts';
import { createChance } from './random.ts';
import { type Remains, remainsOf, tablesWith } from './remains.ts';
import { seedSellers } from './sellers.ts';
import { createServer } from './server.ts';
import { judge, type Verdict } from './verdict.ts';

export interface KillOptions {
  readonly databaseUrl: string;
  readonly port: number;
  readonly seed: number;
  readonly rounds: number;
  readonly dealsPerRound: number;
  readonly quotesPerRound: number;
  readonly onKill?: (kill: Kill) => void;
}

/** One kill: after how long, and what the process left unfinished. */
export interface Kill {
  readonly round: number;
  readonly afterMs: number;
  readonly inbox: Remains;
  readonly outbox: Remains;
}

export interface KillReport extends Verdict {
  readonly sent: number;
  readonly pushes: number;
  readonly taps: number;
  readonly kills: readonly Kill[];
  readonly seconds: number;
  readonly log: string;
}

/** Said among colleagues, in a chat that belongs to no customer. */
const SECRET = '周末去爬山吗';
const SETTLED_WITHIN_MS = 120_000;

export async function killRounds(options: KillOptions): Promise<KillReport> {
  const begun = Date.now();
  const chance = createChance(options.seed);
  const { platform, url, env, openApp } = await openDesk({ ...options, chance });
  // A platform takes its time; whoever dies meanwhile does not know whether the card went out.
  platform.misbehave.api({
    match: /POST .*messages/,
    times: Number.POSITIVE_INFINITY,
    effect: { kind: 'delay', ms: 60 },
  });

  const seeding = await openApp();
  const company = await seedDeals(seeding, platform, options.rounds * options.dealsPerRound);
  const sellers = await seedSellers(seeding, platform, options.rounds * options.quotesPerRound);
  await seeding.database.close();

  const server = createServer(env);
  const calm = Promise.withResolvers<void>();
  const patience = createPatience(calm.promise);
  const talk: Talk = { messageIds: [], taps: 0, calm: calm.promise, patience };
  const talks: Promise<void>[] = [];
  const kills: Kill[] = [];
  const faults: string[] = [];
  try {
    await server.start();
    for (let round = 1; round <= options.rounds; round += 1) {
      talks.push(...talkOf(round));
      const afterMs = Math.round(100 + chance() * 1900);
      await sleep(afterMs);
      await server.kill();
      const kill = { round, afterMs, ...(await remainsOf(options.databaseUrl)) };
      kills.push(kill);
      options.onKill?.(kill);
      await sleep(chance() * 300);
      await server.start();
    }
    calm.resolve();
    await Promise.all(talks);
    faults.push(...(await settled()));
    const code = await server.stop();
    if (code !== 0) faults.push(`the server ended with ${code} when asked to stop`);
    const app = await openApp();
    const verdict = await judge(app, { platform, company, talk, sellers });
    await app.database.close();
    for (const table of await tablesWith(options.databaseUrl, SECRET)) faults.push(`${table} keeps private words`);
    return {
      faults: [...faults, ...verdict.faults],
      counts: verdict.counts,
      sent: talk.messageIds.length,
      pushes: platform.journal.entries.filter(({ kind }) => kind === 'delivery').length,
      taps: talk.taps,
      kills,
      seconds: (Date.now() - begun) / 1000,
      log: server.log(),
    };
  } finally {
    calm.resolve();
    await server.kill();
    await platform.close();
  }

  function talkOf(round: number): Promise<void>[] {
    const ofRound = <T>(all: readonly T[], each: number) => all.slice((round - 1) * each, round * each);
    const deals = ofRound(company.deals, options.dealsPerRound).map(async (deal) => {
      await sleep(chance() * 1200);
      platform.say(company.colleague, company.team, SECRET);
      await converse(platform, deal, chance, talk);
    });
    const quotes = ofRound(sellers.list, options.quotesPerRound).map(async (seller) => {
      await sleep(chance() * 1200);
      await sellByQuote({ platform, url, sellers, random: chance, patience }, seller);
    });
    return [...deals, ...quotes].map((end) => end.catch((error: unknown) => void faults.push(String(error))));
  }

  /** Waits until the health page says that nothing is left to do; says what is wrong with it otherwise. */
  async function settled(): Promise<string[]> {
    const deadline = Date.now() + SETTLED_WITHIN_MS;
    for (;;) {
      await platform.quiet();
      const health = (await (await fetch(`${url}/health`)).json()) as Health;
      const told = [health.inbox.ready, health.outbox.ready, health.inbox.dead, health.outbox.dead];
      if (told.every((count) => count === 0)) {
        const left = await remainsOf(options.databaseUrl);
        const found = left.inbox.waiting + left.inbox.inHand + left.outbox.waiting + left.outbox.inHand;
        if (found === 0 && health.status === 'ok') return [];
        // The page counts what is due; an update of a card that waits for its quarter of a second is not.
        if (Date.now() > deadline) return [`health says ${JSON.stringify(health)}, ${found} rows are left`];
      }
      if (health.inbox.dead + health.outbox.dead > 0 || Date.now() > deadline)
        return [`not settled: ${JSON.stringify(health)}`];
      await sleep(100);
    }
  }
}

interface Health {
  readonly status: string;
  readonly inbox: { readonly ready: number; readonly dead: number };
  readonly outbox: { readonly ready: number; readonly dead: number };
}
