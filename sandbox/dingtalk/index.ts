/** The DingTalk platform on loopback: a company with people and groups, both API families, the stream, cards and the quota. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SandboxClock } from '../platform/clock.ts';
import type { WaitOptions } from '../platform/journal.ts';
import { failLoudly, listen } from '../platform/listener.ts';
import type { Random } from '../platform/random.ts';
import { assemble } from './assemble.ts';
import type { Cards } from './cards/cards.ts';
import { createCardsApi } from './cards/cards-api.ts';
import { createTap, type Tap } from './cards/tapping.ts';
import type { Journal } from './complaints.ts';
import type { Grants } from './core.ts';
import type { Deliveries } from './deliveries.ts';
import { type ClientScript, createClientScript, SCRIPT_PATH } from './directory/client-script.ts';
import { createDirectory, type Directory } from './directory/directory-api.ts';
import { createJsapi } from './directory/jsapi.ts';
import { createOrganisation, type Organisation } from './directory/organisation.ts';
import { createTodos, type Todo } from './directory/todo-api.ts';
import { createWebLogin, LOGIN_PATH } from './directory/web-login.ts';
import { createWebview, type Webview } from './directory/webview.ts';
import type { EventWriter } from './events.ts';
import { type CallbackCheck, checkCallback } from './http/callback-check.ts';
import type { Flaws, Misbehaviour } from './misbehaviour.ts';
import type { DingtalkEmulatorOptions, ResolvedOptions } from './options.ts';
import type { MonthlyQuota } from './quota.ts';
import { createMediaApi } from './robot/media-api.ts';
import { createSendingApi } from './robot/sending-api.ts';
import { createSessionApi } from './robot/session-api.ts';
import { createSpeaking, type Speaking } from './robot/speaking.ts';
import { createRouter } from './router.ts';
import type { Gateway } from './stream/gateway.ts';
import { createWatching, type Watching } from './watching.ts';
import type { World } from './world.ts';

export interface DingtalkEmulator
  extends Speaking,
    Watching,
    Organisation,
    Webview,
    Pick<ClientScript, 'openPage'>,
    Pick<Directory, 'signInCode'> {
  readonly options: ResolvedOptions;
  readonly world: World;
  readonly random: Random;
  readonly events: EventWriter;
  readonly journal: Journal;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  /** The stream's connections, and what the gateway may do to them. */
  readonly gateway: Pick<
    Gateway,
    'ready' | 'connections' | 'openings' | 'ping' | 'disconnect' | 'kickOut' | 'dropAll' | 'fallSilent' | 'sendRaw'
  >;
  /** The month's metered calls. */
  readonly quota: MonthlyQuota;
  /** The bytes of an image by its media_id. */
  picture(mediaId: string): Buffer | null;
  /** What an administrator allowed; may be changed at any time. */
  readonly grants: Grants;
  readonly cards: Cards;
  readonly todos: readonly Todo[];
  /** What signs pages for `dd.config` now. */
  jsapiTicket(): string;
  readonly misbehave: Misbehaviour & { revokeTokens(): void };
  readonly tap: Tap;
  /** Resolves when a stream connection is open. */
  waitForConnection(options?: WaitOptions): Promise<void>;
  /** Sends the `check_url` event that saving the callback address in the console sends. */
  checkCallback(flaws?: Flaws): Promise<CallbackCheck>;
  /** Resolves when no push is on its way. Redeliveries that wait for their time do not count. */
  quiet(): Promise<void>;
  /** Answers a request below `basePath`. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a WebSocket upgrade below `basePath`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface ListeningDingtalkEmulator extends DingtalkEmulator {
  /** What `DINGTALK_API_BASE` must be, for api.dingtalk.com. */
  readonly apiBase: string;
  /** What `DINGTALK_OAPI_BASE` must be, for oapi.dingtalk.com. */
  readonly oapiBase: string;
  readonly port: number;
}

/** Paths of the two API families below `basePath`. */
export const API_PATH = '/api';
export const OAPI_PATH = '/oapi';

/** Makes an emulator without a listener, to be mounted under `basePath` of another server at `origin`. */
export function createDingtalkEmulator(options: DingtalkEmulatorOptions): DingtalkEmulator {
  const core = assemble(options);
  const speaking = createSpeaking(core);
  const directory = createDirectory(core);
  const todos = createTodos(core);
  const jsapi = createJsapi(core);
  const webview = createWebview(core, directory, jsapi);
  const webLogin = createWebLogin(core);
  const { openPage, serveScript } = createClientScript(core, webview);
  const { world, journal, clock, deliveries, gateway, tokens, misbehaviour, events, random, quota, grants, cards } =
    core;
  const router = createRouter(core, [
    gateway.route,
    ...tokens.routes,
    ...createSessionApi(core),
    ...createSendingApi(core),
    ...createMediaApi(core),
    ...createCardsApi(core),
    ...directory.routes,
    ...todos.routes,
    ...jsapi.routes,
    ...webLogin.routes,
  ]);
  return {
    ...speaking,
    ...createWatching(core),
    ...createOrganisation(core),
    ...webview,
    openPage,
    signInCode: directory.signInCode,
    options: core.options,
    picture: core.pictures.bytes,
    world,
    random,
    events,
    journal,
    clock,
    deliveries,
    gateway,
    quota,
    grants,
    cards,
    todos: todos.list,
    jsapiTicket: jsapi.ticket,
    misbehave: { ...misbehaviour, revokeTokens: tokens.revokeAll },
    tap: createTap(core, speaking),
    async waitForConnection(wait) {
      await journal.until(() => gateway.ready() > 0, { what: 'a stream connection', ...wait });
    },
    checkCallback: (flaws) => checkCallback(core, flaws),
    async quiet() {
      await journal.until(() => deliveries.inFlight() === 0, { timeoutMs: 30_000, what: 'all pushes to end' });
    },
    handle(req, res) {
      if (serveScript(req, res) || webLogin.serveLogin(req, res)) return;
      router(req, res).catch((error: unknown) => failLoudly(res, { code: 'unknownError' }, error));
    },
    upgrade: gateway.upgrade,
    async close() {
      deliveries.close();
      gateway.close();
      clock.close();
    },
  };
}

/** Makes an emulator with its own listener on loopback (`host` 127.0.0.1, any free `port` unless told). */
export async function startDingtalkEmulator(
  options: DingtalkEmulatorOptions & { host?: string; port?: number },
): Promise<ListeningDingtalkEmulator> {
  let bound = '';
  const emulator = createDingtalkEmulator({ origin: () => bound, ...options });
  const { origin, port, close } = await listen(emulator, options);
  bound = `http://${origin}`;
  const base = `${bound}${options.basePath ?? ''}`;
  return { ...emulator, apiBase: `${base}${API_PATH}`, oapiBase: `${base}${OAPI_PATH}`, port, close };
}

export { BUTTON_TEMPLATE } from './cards/cards.ts';
export type { DingtalkEmulatorOptions } from './options.ts';
export { LOGIN_PATH, SCRIPT_PATH };
