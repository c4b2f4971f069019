/** Strikes a running company again and again while people talk, and judges what is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openArena, type RunOptions } from './arena.ts';
import { converse, type Talk } from './conversation.ts';
import { askHealth } from './health.ts';
import { type KnockKind, planKnocks } from './knocks/index.ts';
import { sayAtNeighbour } from './neighbour-deals.ts';
import { createPatience } from './patience.ts';
import { sellByQuote } from './quoting.ts';
import { remainsOf, rowsLeft, tablesWith } from './remains.ts';
import { judge, type Verdict } from './verdict.ts';

export interface RoundsOptions extends RunOptions {
  /** Also what takes the product a minute to find out. */
  readonly lengthy?: boolean;
  readonly without?: readonly KnockKind[];
  readonly onKnock?: (knock: Blow) => void;
}

/** One knock that was struck, and what was done. */
export interface Blow {
  readonly round: number;
  readonly kind: KnockKind;
  readonly note: string;
  readonly seconds: number;
}

export interface RoundsReport extends Verdict {
  readonly sent: number;
  readonly pushes: number;
  readonly taps: number;
  readonly blows: readonly Blow[];
  readonly seconds: number;
  readonly log: string;
}

/** Said among colleagues, in a chat that belongs to no customer. */
const SECRET = '周末去爬山吗';
const SETTLED_WITHIN_MS = 120_000;
const TOLD_WITHIN_MS = 60_000;

export async function knockRounds(options: RoundsOptions): Promise<RoundsReport> {
  const begun = Date.now();
  const arena = await openArena(options);
  const { platform, chance, instances, store, seeded } = arena;
  const { company, sellers, neighbours, sleepers } = seeded;
  const calm = Promise.withResolvers<void>();
  const patience = createPatience(calm.promise);
  const talk: Talk = { messageIds: [], taps: 0, calm: calm.promise, patience };
  const url = `http://127.0.0.1:${arena.front.port}`;
  const talks: Promise<void>[] = [];
  const blows: Blow[] = [];
  const faults: string[] = [];
  const log = () => instances.map(({ server }) => server.log()).join('\n--\n');
  try {
    await Promise.all(instances.map(({ server }) => server.start()));
    for (const [index, knock] of planKnocks(arena, options.rounds, options).entries()) {
      talks.push(...talkOf(index + 1));
      await sleep(100 + chance() * 900);
      const struckAt = Date.now();
      const struck = await knock.strike(arena);
      const { kind } = knock;
      const blow = { round: index + 1, kind, note: struck.note, seconds: (Date.now() - struckAt) / 1_000 };
      blows.push(blow);
      options.onKnock?.(blow);
      for (const fault of struck.faults) if (fault !== null) faults.push(`round ${blow.round}, ${kind}: ${fault}`);
    }
    calm.resolve();
    await Promise.all(talks);
    await allTold();
    for (const instance of instances) faults.push(...(await settled(instance.url)));
    for (const { server } of instances) {
      const code = await server.stop();
      if (code !== 0) faults.push(`a server ended with ${code} when asked to stop`);
    }
    const app = await arena.openApp();
    const verdict = await judge(app, { platform, company, talk, sellers, neighbours, sleepers });
    await app.database.close();
    for (const table of await tablesWith(store.url, SECRET)) faults.push(`${table} keeps private words`);
    return {
      faults: [...faults, ...verdict.faults],
      counts: verdict.counts,
      sent: talk.messageIds.length,
      pushes: platform.journal.entries.filter(({ kind }) => kind === 'delivery').length,
      taps: talk.taps,
      blows,
      seconds: (Date.now() - begun) / 1_000,
      log: log(),
    };
  } finally {
    calm.resolve();
    await arena.close();
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
    const elsewhere = neighbours
      .filter((_, n) => n % options.rounds === round - 1)
      .map((deal) => sayAtNeighbour(deal, patience, calm.promise));
    return [...deals, ...quotes, ...elsewhere].map((end) =>
      end.catch((error: unknown) => void faults.push(`round ${round}: ${error}`)),
    );
  }

  /** The clock turns every twenty seconds: a short run is over before it has. What is missing then is the verdict's to say. */
  async function allTold(): Promise<void> {
    const deadline = Date.now() + TOLD_WITHIN_MS;
    const seen = () =>
      sleepers.every(({ name, owner }) => platform.cardsOf(owner).some(({ text }) => text.includes(name)));
    while (!seen() && Date.now() < deadline) await sleep(200);
  }

  /** Waits until the health page says that nothing is left to do; says what is wrong with it otherwise. */
  async function settled(ofOne: string): Promise<string[]> {
    const deadline = Date.now() + SETTLED_WITHIN_MS;
    for (;;) {
      await platform.quiet();
      const health = await askHealth(ofOne);
      const told = [health?.inbox?.ready, health?.outbox?.ready, health?.inbox?.dead, health?.outbox?.dead];
      const left = await remainsOf(store.url);
      const found = left.inbox.waiting + left.inbox.inHand + left.outbox.waiting + left.outbox.inHand;
      // The page counts what is due; an update of a card that waits for its quarter of a second is not.
      if (found === 0 && health?.status === 'ok' && told.every((count) => count === 0)) return [];
      if ((health?.inbox?.dead ?? 0) + (health?.outbox?.dead ?? 0) > 0 || Date.now() > deadline)
        return [
          `not settled, ${found} rows are left: ${JSON.stringify(await rowsLeft(store.url))} ${JSON.stringify(health)}`,
        ];
      await sleep(100);
    }
  }
}
