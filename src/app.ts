/** The composition root: the only file that sees every part and joins ports to their implementations. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, ChannelContext } from './channel/channel.ts';
import { nameOutlets } from './crm/chat/name-outlets.ts';
import { fillProfiles } from './crm/customer/insert-customer.ts';
import { warnUsage } from './crm/staff/warn-usage.ts';
import type { Tx } from './crm/tx.ts';
import { createHttpServer } from './http/server.ts';
import { createIdGenerator } from './ids.ts';
import { createAnswerTap } from './inbox/answer-tap.ts';
import { createInbound } from './inbox/inbound.ts';
import { createIngest } from './inbox/ingest.ts';
import { createLeaving } from './leaving.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { createPages } from './pages/pages.ts';
import { type Database, openDatabase } from './persistence/database.ts';
import { isDatabaseTrouble } from './persistence/trouble.ts';
import { createPolicies } from './policies.ts';
import { beginFirstReadings } from './scheduler/first-readings.ts';
import { jobsOf } from './scheduler/jobs.ts';
import { type OrganisationReport, syncOrganisation } from './scheduler/organisation.ts';
import { organisationAdvice } from './scheduler/organisation-advice.ts';
import { createSchedule } from './scheduler/schedule.ts';
import type { Settings } from './settings.ts';
import type { SetupOptions } from './setup/context.ts';
import { createSetup } from './setup/setup.ts';
import { createTransactions } from './transactions.ts';
import { createUsage } from './usage.ts';
import { createVitalSigns } from './vital-signs.ts';
import { createCallRates } from './work/call-rates.ts';
import { createTokens } from './work/shared-tokens.ts';
import type { AccountRecord } from './work/store.ts';
import { createWorkers } from './workers.ts';

export interface AppOptions {
  readonly settings: Settings;
  readonly log: Log;
  /** Current instant, ms. */
  readonly now: () => number;
  /** Absent where nothing can be set up from a page. */
  readonly setup?: SetupOptions;
}

export interface App {
  readonly server: Server;
  /** Connects the platforms and starts the workers, without opening a port of its own. */
  run(): Promise<void>;
  /** Opens the port (0 for a free one) and runs; resolves with the port. */
  start(): Promise<number>;
  /** Asks now what the clock asks every minute: for whoever moves the clock. */
  turn(): Promise<void>;
  /** Takes no more, finishes what is in hand, and closes the database. */
  stop(): Promise<void>;
  /** A look at the first company's rows through its repositories; for tools that show what happened and why. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction of the first company. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads the address books of all platforms now; platforms need not be connected for it. */
  syncOrganisation(onProgress?: (platform: string, people: number) => void): Promise<OrganisationReport[]>;
  /** Works with the channels as they are made, not started: for a tool that asks their platforms something. */
  examine<T>(work: (channels: readonly Channel[]) => Promise<T>): Promise<T>;
  readonly accounts: readonly AccountRecord[];
  readonly database: Database;
}

export async function createApp(options: AppOptions): Promise<App> {
  const newId = createIdGenerator(options.now);
  const metrics = createMetrics(options.now);
  const watch = metrics.transactions;
  const onClockOff = (aheadMs: number) => options.log.warn({ aheadMs }, 'the clock differs from the database');
  const url = options.settings.databaseUrl;
  const database = await openDatabase({ url, now: options.now, newId, watch, onClockOff });
  try {
    return await assemble(options, database, metrics, newId);
  } catch (error) {
    // Its connections would keep the process alive.
    await database.close();
    throw error;
  }
}

async function assemble(options: AppOptions, database: Database, metrics: Metrics, newId: () => string): Promise<App> {
  const { settings, log, now } = options;
  const owner = randomUUID();
  const { unitOfWork, inbox, company } = database;
  const policies = createPolicies(company);
  const tenantId = await company.firstTenant();
  await unitOfWork.run((session) => policies.ensure(session, tenantId, settings.policyFile));

  const tokens = createTokens({ store: database.tokens, owner, now });
  const channels = new Map<string, Channel>();
  const connected: { readonly account: AccountRecord; readonly channel: Channel }[] = [];

  const { transact, look } = createTransactions({
    database,
    policies,
    cardsOf: (accountId) => channels.get(accountId)?.cards,
    runsShort: (accountId) => usage.runsShort(accountId),
    guideOf: (accountId) => channels.get(accountId)?.guide?.() ?? null,
    onEnqueued: () => outboxWorker.wake(),
    onDecided: metrics.decided,
  });

  const usage = createUsage({
    company,
    accounts: () =>
      connected.flatMap(({ account, channel: { allowances } }) => (allowances ? [{ account, allowances }] : [])),
    onLevel: ({ account, view, ...level }) =>
      transact(account.tenantId, (tx) => warnUsage(tx, { ...level, ...view, accountId: account.id })),
    now,
    log,
  });

  const channelOf = (accountId: string) => channels.get(accountId);
  const { inbox: inboxWorker, outbox: outboxWorker } = createWorkers({
    ...{ database, owner, now, log, isDatabaseTrouble, channelOf, transact, look },
    ...{ onAttempt: metrics.delivered, onHandled: metrics.handled },
  });
  const ingest = createIngest({ unitOfWork, inbox, onStored: () => inboxWorker.wake() });
  const answerTap = createAnswerTap({ inbox, newId, now, log, transact });

  for (const { platform, settings: own } of settings.platforms) {
    const channel = platform.connect(
      own,
      contextFor(() => account),
    );
    const account: AccountRecord = await company.account(tenantId, platform.name, channel.appKey);
    connected.push({ account, channel });
    channels.set(account.id, channel);
  }

  function contextFor(account: () => AccountRecord): ChannelContext {
    const onStored = () => inboxWorker.wake();
    return {
      now,
      log,
      usage: usage.meter(account),
      tokens: tokens.vault(account),
      rates: createCallRates({ pace: database.pace, account, now }),
      publicUrl: settings.publicUrl,
      inbound: createInbound({
        ...{ account, unitOfWork, inbox, company, ingest, onStored, answerTap, owner, newId, now },
        onStore: metrics.stored,
      }),
    };
  }

  const contacts = { accounts: connected, transact, log };
  const claimTick = (task: string, at: number) => company.claimTick(task, at, owner);
  const schedule = createSchedule({
    jobs: jobsOf({ ...contacts, ...database, tenantId, look, now }),
    claimTick,
    onRun: metrics.jobDone,
    log,
  });
  const own: Pick<App, 'look' | 'transact' | 'syncOrganisation'> = {
    look: (work) => look(tenantId, work),
    transact: (work) => transact(tenantId, (tx) => work(tx)),
    syncOrganisation: (onProgress) => syncOrganisation(contacts, onProgress),
  };
  const setup = options.setup && createSetup({ ...options.setup, ...own, settings, tenantId, company, connected, log });
  const pages = createPages({ log, now });
  const server = createHttpServer({
    channels: connected.map(({ account, channel }) => ({ accountId: account.id, channel })),
    ...createVitalSigns({
      ...{ database, connected, usage, metrics, metricsToken: settings.metricsToken, look: own.look, now },
      advice: () => own.look((tx) => organisationAdvice(tx, connected)),
      leaving: () => leaving.begun(),
    }),
    pages,
    signIn: { sessions: database.pageSessions, tenantId, look: own.look, now },
    api: { look, transact },
    companyName: () => company.companyName(tenantId),
    setup,
    publicUrl: settings.publicUrl,
    trustedProxies: settings.trustedProxies,
    log,
  });

  let firstReadings: Promise<void> = Promise.resolve();
  const leaving = createLeaving({
    ...{ server, pages, schedule, usage, inbox: inboxWorker, outbox: outboxWorker, database },
    channels: connected.map(({ channel }) => channel),
    errands: () => Promise.all([firstReadings, setup?.settled()]),
  });

  async function run(): Promise<void> {
    // Customers of a version that kept no profiles: without one their doubles are not found.
    while ((await transact(tenantId, (tx) => fillProfiles(tx, 500))) === 500);
    for (const { account, channel } of connected)
      await transact(account.tenantId, (tx) => nameOutlets(tx, account.id, channel.outlets ?? []));
    inboxWorker.start();
    outboxWorker.start();
    await usage.start();
    schedule.start();
    await Promise.all(connected.map(({ channel }) => channel.start()));
    firstReadings = beginFirstReadings({ ...contacts, claimTick, now });
  }

  return {
    server,
    accounts: connected.map(({ account }) => account),
    database,
    async examine(work) {
      tokens.standAlone();
      // What it costs counts as well, and what is left of the month is known.
      await usage.start();
      try {
        return await work(connected.map(({ channel }) => channel));
      } finally {
        await Promise.all(connected.map(({ channel }) => channel.stop()));
        await usage.stop();
      }
    },
    ...own,
    run,
    turn: schedule.turn,
    async start() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(settings.port, () => resolve());
      });
      await run();
      void pages.prepare();
      return (server.address() as AddressInfo).port;
    },
    stop: leaving.leave,
  };
}
