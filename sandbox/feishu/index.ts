/** The Feishu platform on loopback: a company with people and chats, its open API, its pushes and its long connection. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createBotApi } from './bot-api.ts';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import type { Core } from './core.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createEventWriter } from './events.ts';
import { createJournal, type Journal } from './journal.ts';
import { createLongConnection } from './long-connection.ts';
import { createMisbehaviour, type Misbehaviour } from './misbehaviour.ts';
import { type FeishuEmulatorOptions, resolveOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createRouter } from './router.ts';
import { createSendingApi } from './sending-api.ts';
import { createSpeaking, type Speaking } from './speaking.ts';
import { createTokens } from './tokens.ts';
import { createWorld, type World } from './world.ts';

export interface FeishuEmulator extends Speaking {
  readonly world: World;
  readonly journal: Journal;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  readonly misbehave: Misbehaviour & { dropConnections(): void; revokeTokens(): void };
  /** Answers a request below `basePath`. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a WebSocket upgrade below `basePath`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface ListeningFeishuEmulator extends FeishuEmulator {
  /** What `FEISHU_API_BASE` must be. */
  readonly apiBase: string;
  readonly port: number;
}

/** Makes an emulator without a listener, to be mounted under `basePath` of another server. */
export function createFeishuEmulator(options: FeishuEmulatorOptions): FeishuEmulator {
  const core = assemble(options);
  const router = createRouter(core, [...core.tokens.routes, ...createBotApi(core), ...createSendingApi(core)]);
  const { world, journal, clock, deliveries, longConnection, tokens, misbehaviour } = core;
  return {
    ...createSpeaking(core),
    world,
    journal,
    clock,
    deliveries,
    misbehave: { ...misbehaviour, dropConnections: longConnection.dropAll, revokeTokens: tokens.revokeAll },
    handle(req, res) {
      router(req, res).catch(() => res.destroy());
    },
    upgrade: longConnection.upgrade,
    async close() {
      deliveries.close();
      longConnection.close();
      clock.close();
    },
  };
}

/** Makes an emulator with its own listener on loopback (`host` 127.0.0.1, any free `port` unless told). */
export async function startFeishuEmulator(
  options: FeishuEmulatorOptions & { host?: string; port?: number },
): Promise<ListeningFeishuEmulator> {
  const emulator = createFeishuEmulator(options);
  const server: Server = createServer(emulator.handle);
  server.on('upgrade', emulator.upgrade);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...emulator,
    apiBase: `http://${host}:${port}${options.basePath ?? ''}`,
    port,
    async close() {
      await emulator.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function assemble(given: FeishuEmulatorOptions): Core {
  const options = resolveOptions(given);
  const random = createRandom(given.seed);
  const clock = createSandboxClock(given.now);
  const { now } = clock;
  const journal = createJournal(now);
  const { tenantKey, botName } = options;
  const world = createWorld({ random, now, tenantKey, botName, changed: journal.touch });
  const misbehaviour = createMisbehaviour();
  const longConnection = createLongConnection({ options, random, journal, now, misbehaviour });
  const callbackUrl = given.callbackUrl ?? null;
  const deliveries = createDeliveries({ options, callbackUrl, clock, random, journal, misbehaviour, longConnection });
  const events = createEventWriter({ options, random, now, world });
  const tokens = createTokens({ options, random, journal, now });
  const taps = { open: new Set<string>(), tokens: new Map() };
  return { options, clock, random, journal, world, misbehaviour, longConnection, deliveries, events, tokens, taps };
}

export type { FeishuEmulatorOptions } from './options.ts';
