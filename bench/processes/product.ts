/** The product as a process: the real application with its real adapter, on a fresh database. */
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { platforms } from '../../adapters/index.ts';
import { type App, createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { serve } from '../child.ts';
import type { PlatformName } from '../dialects/dialect.ts';
import { dialects } from '../dialects/dialects.ts';
import { seedCrm } from '../seed-crm.ts';

export type ProductQuestion =
  | {
      readonly do: 'open';
      readonly platform: PlatformName;
      readonly secrets: unknown;
      readonly databaseUrl: string;
      readonly apiBase: string;
      readonly deals: number;
    }
  /** Starts the workers. */
  | { readonly do: 'run' }
  /** Starts the workers, waits until the inbox is empty, and counts what came of it. */
  | { readonly do: 'work' };

export interface PipelineRun {
  readonly perSecond: number;
  readonly moves: number;
  /** Undo buttons on the owners' cards, one per move. */
  readonly buttons: number;
  readonly dead: number;
}

let app: App | null = null;

async function open(question: Extract<ProductQuestion, { do: 'open' }>): Promise<object> {
  const { platform, secrets, databaseUrl, apiBase, deals } = question;
  const dialect = dialects[platform];
  const env = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', ...dialect.env(secrets, apiBase) };
  const settings = readSettings(env, platforms);
  const made = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
  app = made;
  await seedCrm(made, dialect.makeWorld(secrets, deals));
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  return { port: (made.server.address() as AddressInfo).port };
}

/** The share of the backlog that is worked off before the clock starts. */
const WARM_UP = 0.2;
const LOOK_MS = 20;

async function work(product: App): Promise<PipelineRun> {
  const { inbox } = product.database;
  const total = (await inbox.backlog()).ready;
  // Not awaited: the workers begin at once, the platform's connection may take its time.
  const running = product.run();
  let left = total;
  let from: { readonly at: number; readonly left: number } | null = null;
  while (left > 0) {
    await sleep(LOOK_MS);
    left = (await inbox.backlog()).ready;
    if (from === null && left <= total * (1 - WARM_UP)) from = { at: performance.now(), left };
  }
  if (from === null || from.left === 0) throw new Error('too few messages to measure');
  const perSecond = from.left / ((performance.now() - from.at) / 1000);
  await running;
  const [moves, buttons] = await product.look(async (tx) => [
    await tx.stageChange.list({ toStage: 'quoted' }),
    await tx.cardAction.list({ kind: 'undo' }),
  ]);
  return { perSecond, moves: moves.length, buttons: buttons.length, dead: (await inbox.backlog()).dead };
}

serve<ProductQuestion>(
  async (question) => {
    if (question.do === 'open') return open(question);
    if (!app) throw new Error('the product is not open');
    if (question.do === 'work') return work(app);
    await app.run();
    return {};
  },
  async () => {
    app?.server.closeAllConnections();
    await app?.stop();
  },
);
