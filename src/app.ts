/** The composition root: the only file that sees every part and joins ports to their implementations. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, ChannelContext } from './channel/channel.ts';
import type { Tx } from './crm/tx.ts';
import { readHealth } from './health.ts';
import { createHttpServer } from './http/server.ts';
import { createIdGenerator } from './ids.ts';
import { createAnswerTap } from './inbox/answer-tap.ts';
import { createHandleItem } from './inbox/handle-item.ts';
import { createIngest } from './inbox/ingest.ts';
import type { Log } from './log.ts';
import { createDeliver } from './outbox/deliver.ts';
import { type Database, openDatabase } from './persistence/database.ts';
import type { Session } from './persistence/session.ts';
import { isDatabaseTrouble } from './persistence/trouble.ts';
import { createPolicies } from './policies.ts';
import { housekeepingJob } from './scheduler/housekeeping.ts';
import { createSchedule } from './scheduler/schedule.ts';
import type { Settings } from './settings.ts';
import type { AccountRecord } from './work/store.ts';
import { createWorker } from './work/worker.ts';

export interface AppOptions {
  readonly settings: Settings;
  readonly log: Log;
  /** Current instant, ms. */
  readonly now: () => number;
}

export interface App {
  readonly server: Server;
  /** Connects the platforms and starts the workers, without opening a port of its own. */
  run(): Promise<void>;
  /** Opens the port (0 for a free one) and runs; resolves with the port. */
  start(): Promise<number>;
  /** Takes no more, finishes what is in hand, and closes the database. */
  stop(): Promise<void>;
  /** A look at the first company's rows through its repositories; for tools that show what happened and why. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction of the first company. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  readonly accounts: readonly AccountRecord[];
  readonly database: Database;
}

const LEASE_MS = 60_000;

export async function createApp({ settings, log, now }: AppOptions): Promise<App> {
  const newId = createIdGenerator(now);
  const owner = randomUUID();
  const database = await openDatabase({ url: settings.databaseUrl, now, newId });
  const { unitOfWork, inbox, outbox, company } = database;
  const policies = createPolicies(company);
  const tenantId = await company.firstTenant();
  await unitOfWork.run((session) => policies.ensure(session, tenantId, settings.policyFile));

  const channels = new Map<string, Channel>();
  const accounts: AccountRecord[] = [];

  const transact = <T>(tenant: string, work: (tx: Tx, session: Session) => Promise<T>): Promise<T> => {
    let enqueued = false;
    const onEnqueue = () => {
      enqueued = true;
    };
    const done = unitOfWork.run(async (session) => {
      const active = await policies.active(session, tenant);
      return work(database.tx(session, { tenantId: tenant, active, onEnqueue }), session);
    });
    return done.then((result) => {
      if (enqueued) outboxWorker.wake();
      return result;
    });
  };
  const look = <T>(tenant: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    unitOfWork.read(async (session) => {
      const active = await policies.active(session, tenant);
      return work(database.tx(session, { tenantId: tenant, active, onEnqueue: () => {} }));
    });

  const common = { owner, now, log, channelOf: (accountId: string) => channels.get(accountId), transact };
  const inboxWorker = createWorker({
    name: 'inbox',
    batch: 64,
    concurrency: database.kind === 'sqlite' ? 1 : 8,
    pollMs: 500,
    claim: (limit) => inbox.claim(owner, limit, now(), LEASE_MS),
    handle: createHandleItem({ ...common, inbox, isDatabaseTrouble }),
    log,
  });
  const outboxWorker = createWorker({
    name: 'outbox',
    batch: 32,
    concurrency: 8,
    pollMs: 250,
    claim: (limit) => outbox.claim(owner, limit, now(), LEASE_MS),
    handle: createDeliver({ ...common, outbox, look }),
    log,
  });
  const ingest = createIngest({ unitOfWork, inbox, onStored: () => inboxWorker.wake() });
  const answerTap = createAnswerTap({ inbox, newId, now, log, transact });

  for (const { platform, settings: own } of settings.platforms) {
    const channel = platform.connect(
      own,
      contextFor(() => account),
    );
    const account: AccountRecord = await company.account(tenantId, platform.name, channel.appKey);
    accounts.push(account);
    channels.set(account.id, channel);
  }

  function contextFor(account: () => AccountRecord): ChannelContext {
    let pinned: string | null = null;
    return {
      now,
      log,
      inbound: {
        store({ eventKey, orderKey, payload }) {
          const { id: accountId } = account();
          const at = now();
          const id = newId();
          const chain = orderKey === null ? id : `${accountId}:${orderKey}`;
          return ingest({
            id,
            tenantId,
            accountId,
            dedupeKey: eventKey,
            orderKey: chain,
            payload,
            queuedAt: at,
            availableAt: at,
          });
        },
        tap: (tap) => answerTap(tenantId, account().id, tap),
        async isOurTenant(key) {
          pinned ??= account().externalTenant ?? (await company.pinExternalTenant(account(), key));
          return pinned === key;
        },
      },
    };
  }

  const schedule = createSchedule({
    jobs: [housekeepingJob({ company, inbox, outbox, now, log })],
    claimTick: (task, fireAt) => company.claimTick(task, fireAt, owner),
    log,
  });
  const server = createHttpServer({
    channels: accounts.flatMap((account) => {
      const channel = channels.get(account.id);
      return channel ? [{ accountId: account.id, channel }] : [];
    }),
    health: () => readHealth({ database, channels: [...channels.values()], now }),
    log,
  });

  async function run(): Promise<void> {
    inboxWorker.start();
    outboxWorker.start();
    schedule.start();
    await Promise.all([...channels.values()].map((channel) => channel.start()));
  }

  return {
    server,
    accounts,
    database,
    look: (work) => look(tenantId, work),
    transact: (work) => transact(tenantId, (tx) => work(tx)),
    run,
    async start() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(settings.port, () => resolve());
      });
      await run();
      return (server.address() as AddressInfo).port;
    },
    async stop() {
      await Promise.all([...channels.values()].map((channel) => channel.stop()));
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await schedule.stop();
      await inboxWorker.stop();
      await outboxWorker.stop();
      await database.close();
    },
  };
}
