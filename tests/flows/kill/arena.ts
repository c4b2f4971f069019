/** Everything a hard knock can lay hands on: the instances behind one address, their database and its disk, their clock, the platforms. */
import type { FeishuEmulator } from '../../../sandbox/feishu/index.ts';
import type { App } from '../../../src/app.ts';
import { freePort } from '../../support/services/free-port.ts';
import type { PrivateServer } from '../../support/services/mariadb.ts';
import type { SmallDisk } from '../../support/services/small-disk.ts';
import { startTcpProxy, type TcpProxy } from '../../support/services/tcp-proxy.ts';
import { type Company, seedDeals } from './company.ts';
import { openDesk } from './desk.ts';
import { type NeighbourDeal, seedNeighbours } from './neighbour-deals.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { createChance } from './random.ts';
import { type Sellers, seedSellers } from './sellers.ts';
import { createServer, type Server } from './server.ts';
import { type Sleeper, seedSleepers } from './sleepers.ts';

export interface Instance {
  readonly server: Server;
  /** Its own address, past the balancer. */
  readonly url: string;
}

/** Where the instances keep their rows. */
export interface Store {
  /** As a look past the product opens it. */
  readonly url: string;
  /** As the product opens it. */
  readonly productUrl: string;
  /** The server and the line to it; null on SQLite. */
  readonly server: PrivateServer | null;
  readonly line: TcpProxy | null;
  /** The disk that holds the file; null elsewhere, and where none can be mounted. */
  readonly disk: SmallDisk | null;
  /** Several servers that keep the same rows, of which one at a time is written to; null elsewhere. */
  readonly cluster: {
    /** Ends that one without warning, starts it again after a while, and waits until it has caught up. */
    loseWriter(pauseMs: number): Promise<void>;
  } | null;
}

export interface Arena {
  readonly instances: readonly Instance[];
  readonly front: TcpProxy;
  readonly store: Store;
  readonly platform: FeishuEmulator;
  readonly neighbours: Neighbours;
  readonly clock: MachineClock;
  readonly chance: () => number;
  /** The product in this process; close its database. */
  openApp(): Promise<App>;
}

export interface MachineClock {
  /** The right time: the platforms' and the judges'. */
  now(): number;
  /** Sets the clocks of all instances so much off. */
  setOff(ms: number): void;
}

/** A Wednesday without holidays around it, 09:30 in China: cards go out, and no day ends while a run lasts. */
const MORNING = Date.UTC(2026, 9, 21, 1, 30);

function createMachineClock(): MachineClock & { attach(servers: readonly Server[]): void } {
  const aheadMs = MORNING - Date.now();
  let attached: readonly Server[] = [];
  return {
    now: () => Date.now() + aheadMs,
    attach(servers) {
      attached = servers;
      for (const server of servers) server.setClock(aheadMs);
    },
    setOff(ms) {
      for (const server of attached) server.setClock(aheadMs + ms);
    },
  };
}

export interface RunOptions {
  readonly store: Store;
  readonly instances: number;
  readonly seed: number;
  readonly rounds: number;
  readonly dealsPerRound: number;
  readonly quotesPerRound: number;
}

/** Who is there, with what they are about to sell. */
export interface Seeded {
  readonly company: Company;
  readonly sellers: Sellers;
  readonly neighbours: readonly NeighbourDeal[];
  readonly sleepers: readonly Sleeper[];
}

const SLEEPERS = 3;

/** Platforms open, rows seeded, instances not started yet. */
export async function openArena(
  options: RunOptions,
): Promise<Arena & { readonly seeded: Seeded; close(): Promise<void> }> {
  const { store, seed, rounds } = options;
  const chance = createChance(seed);
  const clock = createMachineClock();
  const ports = await Promise.all(Array.from({ length: options.instances }, freePort));
  const front = await startTcpProxy(ports);
  const origin = `http://127.0.0.1:${front.port}`;
  const neighbours = await openNeighbours(origin, seed, clock.now);
  const { now } = clock;
  const beside = { ...neighbours.env, PUBLIC_URL: origin };
  const desk = await openDesk({ databaseUrl: store.url, port: front.port, seed, chance, now, beside });
  const { platform, openApp } = desk;
  // A platform takes its time; whoever dies meanwhile does not know whether the card went out.
  platform.misbehave.api({
    match: /POST .*messages/,
    times: Number.POSITIVE_INFINITY,
    effect: { kind: 'delay', ms: 60 },
  });
  const app = await openApp();
  const seeded: Seeded = {
    company: await seedDeals(app, platform, rounds * options.dealsPerRound),
    sellers: await seedSellers(app, platform, rounds * options.quotesPerRound),
    neighbours: await seedNeighbours(app, neighbours, rounds),
    sleepers: await seedSleepers(app, platform, SLEEPERS),
  };
  await app.database.close();
  const instances = ports.map((port) => ({
    server: createServer({ ...desk.env, DATABASE_URL: store.productUrl, PORT: String(port) }),
    url: `http://127.0.0.1:${port}`,
  }));
  clock.attach(instances.map(({ server }) => server));
  return {
    ...{ instances, front, store, platform, neighbours, clock, chance, openApp, seeded },
    async close() {
      await Promise.all(instances.map(({ server }) => server.kill()));
      await platform.close();
      await neighbours.close();
      await front.close();
    },
  };
}
