/** The Feishu platform on loopback: a company with people and chats, its open API, its pushes and its long connection. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LoadOptions, LoadResult } from '../platform/burst.ts';
import { createSandboxClock, type SandboxClock } from '../platform/clock.ts';
import type { Delivery } from '../platform/deliveries.ts';
import { createJournal, type WaitOptions } from '../platform/journal.ts';
import { failLoudly, listen } from '../platform/listener.ts';
import { createPictures } from '../platform/pictures.ts';
import { createRandom, type Random } from '../platform/random.ts';
import { createBotApi } from './bot-api.ts';
import { type CallbackCheck, checkCallback } from './callback-check.ts';
import { createCardUpdatesApi } from './card-updates-api.ts';
import { createChatsApi } from './chats-api.ts';
import type { Journal } from './complaints.ts';
import { createContactApi } from './contact-api.ts';
import type { Core, Grants } from './core.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createDepartmentsApi } from './departments-api.ts';
import { createEventWriter, type EventWriter, type OutgoingEvent } from './events.ts';
import { createImagesApi } from './images-api.ts';
import { type ClientScript, createClientScript } from './jssdk-api.ts';
import { prepareBodies, pushPrepared } from './load.ts';
import { createLongConnection } from './long-connection.ts';
import { createMembership, type Membership } from './membership.ts';
import { createMessageAction, type MessageAction } from './message-action.ts';
import { createMisbehaviour, type Flaws, type Misbehaviour } from './misbehaviour.ts';
import { createSignIn } from './oauth-api.ts';
import { type FeishuEmulatorOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { createReadingApi } from './reading-api.ts';
import { createRouter } from './router.ts';
import { createScopesApi, SCOPES } from './scopes-api.ts';
import { createSendingApi } from './sending-api.ts';
import { createSpeaking, type Speaking } from './speaking.ts';
import { createTap, type Tap } from './tapping.ts';
import { createTokens } from './tokens.ts';
import { createWatching, type Watching } from './watching.ts';
import { createWebLogin } from './web-login.ts';
import { createWorld, type Person, type World } from './world.ts';

export interface FeishuEmulator extends Speaking, Membership, Watching, MessageAction, Pick<ClientScript, 'openPage'> {
  readonly options: ResolvedOptions;
  readonly world: World;
  readonly random: Random;
  readonly events: EventWriter;
  readonly journal: Journal;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  /** What an administrator allowed; may be changed at any time. */
  readonly grants: Grants;
  /** The bytes of an image by its key. */
  picture(imageKey: string): Buffer | null;
  readonly misbehave: Misbehaviour & { dropConnections(): void; revokeTokens(): void };
  readonly tap: Tap;
  /** Pushes any event as the platform would; for types that no method of ours fires. */
  push(eventType: string, event: Record<string, unknown>, flaws?: Flaws): Delivery;
  /** Long connections whose client is listening. */
  connections(): number;
  /** Resolves when a long connection is listening. */
  waitForConnection(options?: WaitOptions): Promise<void>;
  /** Challenges the callback address as saving it in the console does. */
  checkCallback(flaws?: Flaws): Promise<CallbackCheck>;
  /** A one-time sign-in code of a colleague, as the webview gives it to our page. */
  signInCode(person: Person | string): string;
  /** Pushes a burst of such events to the callback address; they leave no trace in world or journal. */
  pushMany(events: readonly OutgoingEvent[], options?: LoadOptions): Promise<LoadResult>;
  /** Resolves when no push is on its way. Retries that wait for their hour do not count. */
  quiet(): Promise<void>;
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
  const signIn = createSignIn(core);
  const router = createRouter(core, [
    ...core.tokens.routes,
    ...signIn.routes,
    ...[
      createBotApi,
      createSendingApi,
      createImagesApi,
      createReadingApi,
      createCardUpdatesApi,
      createChatsApi,
      createDepartmentsApi,
      createContactApi,
      createScopesApi,
    ].flatMap((create) => create(core)),
  ]);
  const { world, journal, clock, deliveries, longConnection, tokens, misbehaviour, events, random } = core;
  const serveLogin = createWebLogin(core, signIn);
  const clientScript = createClientScript(core, createMessageAction(core, signIn), signIn);
  return {
    ...createSpeaking(core),
    ...createMembership(core),
    ...createWatching(core),
    ...clientScript,
    options: core.options,
    random,
    events,
    tap: createTap(core),
    push: (eventType, event, flaws) => deliveries.send(events.write(eventType, event), flaws),
    connections: longConnection.ready,
    async waitForConnection(wait) {
      await journal.until(() => longConnection.ready() > 0, { what: 'a long connection', ...wait });
    },
    checkCallback: (flaws) => checkCallback(core, flaws),
    signInCode: (person) => signIn.codeFor(person),
    pushMany(list, load) {
      const { encryptKey } = core.options;
      const url = deliveries.callbackUrl();
      if (url === null) throw new Error('no callback address is set');
      return pushPrepared(url, prepareBodies(list, encryptKey), { encryptKey, now: clock.now }, load);
    },
    async quiet() {
      await journal.until(() => deliveries.inFlight() === 0, { timeoutMs: 30_000, what: 'all pushes to end' });
    },
    world,
    journal,
    clock,
    deliveries,
    grants: core.grants,
    picture: core.pictures.bytes,
    misbehave: { ...misbehaviour, dropConnections: longConnection.dropAll, revokeTokens: tokens.revokeAll },
    handle(req, res) {
      if (clientScript.serveScript(req, res) || serveLogin(req, res)) return;
      router(req, res).catch((error: unknown) => failLoudly(res, { code: 2200 }, error));
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
  const { origin, port, close } = await listen(emulator, options);
  return { ...emulator, apiBase: `http://${origin}${options.basePath ?? ''}`, port, close };
}

function assemble(given: FeishuEmulatorOptions): Core {
  const options = resolveOptions(given);
  const random = createRandom(given.seed);
  const clock = createSandboxClock(given.now ?? Date.now, given.selfRunning ?? given.now === undefined);
  const { now } = clock;
  const journal: Journal = createJournal(now);
  const { tenantKey, botName } = options;
  const world = createWorld({ random, now, tenantKey, botName, changed: journal.touch });
  const misbehaviour = createMisbehaviour();
  const longConnection = createLongConnection({ options, random, journal, now, misbehaviour });
  const callbackUrl = given.callbackUrl ?? null;
  const deliveries = createDeliveries({ options, callbackUrl, clock, random, journal, misbehaviour, longConnection });
  const events = createEventWriter({ options, random, now, world });
  const tokens = createTokens({ options, random, journal, now });
  const taps = { open: new Map(), tokens: new Map() };
  const grants = { scopes: new Set<string>(SCOPES) };
  return {
    options,
    clock,
    random,
    journal,
    world,
    misbehaviour,
    longConnection,
    deliveries,
    events,
    tokens,
    taps,
    pictures: createPictures(() => `img_v3_${random.hex(24)}`),
    grants,
  };
}

export type { LoadOptions, LoadResult } from '../platform/burst.ts';
export type { Delivery } from '../platform/deliveries.ts';

export type { WaitOptions } from '../platform/journal.ts';

export type { ComplaintKind, Journal } from './complaints.ts';
export type { Deliveries } from './deliveries.ts';
export type { OutgoingEvent } from './events.ts';
export { SCRIPT_PATH } from './jssdk-api.ts';
export { prepareBodies } from './load.ts';
export type { Flaws, Misbehaviour } from './misbehaviour.ts';
export type { FeishuEmulatorOptions } from './options.ts';
export type { Said } from './speaking.ts';
export type { Tap, TapRefusal } from './tapping.ts';

export type { Chat, Message, Person, World } from './world.ts';
