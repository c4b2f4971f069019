/** The WeCom platform on loopback: a company with members and customers, its server API, its callbacks, its AI bot, its archive. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LoadOptions, LoadResult } from '../platform/burst.ts';
import type { SandboxClock } from '../platform/clock.ts';
import type { Delivery } from '../platform/deliveries.ts';
import type { WaitOptions } from '../platform/journal.ts';
import { failLoudly, listen } from '../platform/listener.ts';
import type { Random } from '../platform/random.ts';
import { createArchiveApi } from './archive/api.ts';
import { type Archive, createArchive } from './archive/archive.ts';
import { type Consent, createConsent } from './archive/consent.ts';
import { assemble } from './assemble.ts';
import { BOT_PATH, type BotSocket, createBotSocket } from './bot/socket.ts';
import { type BotTalk, createBotTalk } from './bot/talk.ts';
import { createUploads } from './bot/uploads.ts';
import { type CallbackCheck, checkCallback, type EchoFlaws } from './callback-check.ts';
import { createCardUpdatesApi } from './card-updates-api.ts';
import type { Journal } from './complaints.ts';
import { createContactsApi } from './contacts/api.ts';
import { type Bonds, createBonds } from './contacts/bonds.ts';
import { type Contacts, createContacts } from './contacts/contacts.ts';
import { createTagsApi } from './contacts/tags-api.ts';
import { createWelcomeCodes } from './contacts/welcome.ts';
import type { Grants } from './core.ts';
import type { Deliveries } from './deliveries.ts';
import { createDirectory, type Directory } from './directory/api.ts';
import { type ClientPages, createClientPages, SCRIPT_PATH } from './directory/client-pages.ts';
import { createSignIn, type SignIn } from './directory/sign-in-api.ts';
import { createWebLogin } from './directory/web-login.ts';
import type { EventWriter, OutgoingEvent } from './events.ts';
import { createAppchatApi } from './groups/appchat-api.ts';
import { type CustomerGroups, createCustomerGroups } from './groups/customer-groups.ts';
import { createWebhooks, type Webhooks } from './groups/webhook-api.ts';
import { createKf, type Kf } from './kf/kf.ts';
import { prepareCallbacks, pushPrepared } from './load.ts';
import { createMedia } from './media-api.ts';
import type { Flaws, Misbehaviour } from './misbehaviour.ts';
import type { ResolvedOptions, WecomEmulatorOptions } from './options.ts';
import { createRouter } from './router.ts';
import { createSendingApi } from './sending-api.ts';
import { createSpeaking, type Speaking } from './speaking.ts';
import { createTap, type Tap } from './tapping.ts';
import { createWatching, type Watching } from './watching.ts';
import type { World } from './world.ts';
import type { XmlFields } from './xml.ts';

export interface WecomEmulator
  extends Speaking,
    Watching,
    BotTalk,
    Contacts,
    CustomerGroups,
    Pick<SignIn, 'signInCode' | 'tickets'>,
    Pick<ClientPages, 'openPage'>,
    Pick<Webhooks, 'addWebhook' | 'removeWebhook'> {
  readonly options: ResolvedOptions;
  readonly world: World;
  readonly random: Random;
  readonly events: EventWriter;
  readonly journal: Journal;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  readonly bot: Pick<BotSocket, 'ready' | 'takeOver' | 'dropAll' | 'deliveries'>;
  /** 微信客服. */
  readonly kf: Kf;
  readonly archive: Archive;
  readonly consent: Consent;
  /** Who knows whom, and the company's customer tags. */
  readonly bonds: Bonds;
  readonly directory: Pick<Directory, 'departments' | 'addDepartment'>;
  /** What an administrator allowed; may be changed at any time. */
  readonly grants: Grants;
  readonly misbehave: Misbehaviour & { revokeTokens(): void };
  /** The bytes of a file by its media_id. */
  picture(mediaId: string): Buffer | null;
  readonly tap: Tap;
  /** Pushes any event of the app (`from` a userid) or of the system (`from` null); for types that no method of ours fires. */
  push(event: string, from: string | null, fields?: XmlFields, flaws?: Flaws): Delivery;
  /** Resolves when the bot's client is subscribed. */
  waitForBot(options?: WaitOptions): Promise<void>;
  /** Sends the echo that saving the callback address in the console sends. */
  checkCallback(flaws?: EchoFlaws): Promise<CallbackCheck>;
  /** Pushes a burst of such events to the callback address; they leave no trace in world or journal. */
  pushMany(events: readonly OutgoingEvent[], options?: LoadOptions): Promise<LoadResult>;
  /** Resolves when no push is on its way. Retries that wait for their time do not count. */
  quiet(): Promise<void>;
  /** Answers a request below `basePath`. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a WebSocket upgrade below `basePath`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface ListeningWecomEmulator extends WecomEmulator {
  /** What `WECOM_API_BASE` must be: the origin before `/cgi-bin`. */
  readonly apiBase: string;
  /** What `WECOM_BOT_URL` must be. */
  readonly botUrl: string;
  readonly port: number;
}

/** Paths of the bot's socket and of the client's script below `basePath`. */
export { BOT_PATH, SCRIPT_PATH };

/** Makes an emulator without a listener, to be mounted under `basePath` of another server. */
export function createWecomEmulator(options: WecomEmulatorOptions): WecomEmulator {
  const core = assemble(options);
  const media = createMedia(core);
  const consent = createConsent(core);
  const archive = createArchive(core, consent, options.archive?.firstSeq);
  const bonds = createBonds({ random: core.random, now: core.clock.now });
  const welcomes = createWelcomeCodes(core);
  const socket = createBotSocket(core, createUploads(core, media));
  const talk = createBotTalk(core, socket);
  const { kf, routes: kfRoutes } = createKf(core, media.known);
  const { groups, routes: groupRoutes } = createCustomerGroups(core);
  const webhooks = createWebhooks(core, media);
  const directory = createDirectory(core);
  const signIn = createSignIn(core);
  const router = createRouter(core, [
    ...core.tokens.routes,
    ...media.routes,
    ...createSendingApi(core, media.known),
    ...createCardUpdatesApi(core),
    ...createAppchatApi(core, media.known),
    ...webhooks.routes,
    ...createContactsApi(core, bonds),
    ...createTagsApi(core, bonds, welcomes),
    ...groupRoutes,
    ...directory.routes,
    ...signIn.routes,
    ...kfRoutes,
    ...createArchiveApi(core, consent),
  ]);
  const { world, journal, clock, deliveries, tokens, misbehaviour, events, random, grants } = core;
  const speaking = createSpeaking(core, archive, talk);
  const { openPage, servePages } = createClientPages(core, signIn, { ...speaking, ...kf });
  const serveLogin = createWebLogin(core, signIn);
  return {
    ...speaking,
    openPage,
    ...createWatching(core),
    ...talk,
    ...createContacts(core, { bonds, welcomes, archive, consent }),
    ...groups,
    signInCode: signIn.signInCode,
    tickets: signIn.tickets,
    addWebhook: webhooks.addWebhook,
    removeWebhook: webhooks.removeWebhook,
    kf,
    bonds,
    directory,
    options: core.options,
    world,
    random,
    events,
    journal,
    clock,
    deliveries,
    bot: socket,
    archive,
    consent,
    grants,
    misbehave: { ...misbehaviour, revokeTokens: tokens.revokeAll },
    picture: media.bytes,
    tap: createTap(core, socket),
    push(event, from, fields = {}, flaws) {
      return deliveries.send(
        from === null ? events.sysEvent(event, fields) : events.appEvent(event, from, fields),
        flaws,
      );
    },
    async waitForBot(wait) {
      await journal.until(() => socket.ready() > 0, { what: 'the bot to subscribe', ...wait });
    },
    checkCallback: (flaws) => checkCallback(core, flaws),
    pushMany(list, load) {
      const { token, aesKey, corpId } = core.options;
      const url = deliveries.callbackUrl();
      if (url === null) throw new Error('no callback address is set');
      return pushPrepared(url, prepareCallbacks(list, aesKey, corpId), { token, now: clock.now }, load);
    },
    async quiet() {
      await journal.until(() => deliveries.inFlight() === 0, { timeoutMs: 30_000, what: 'all pushes to end' });
    },
    handle(req, res) {
      if (servePages(req, res) || serveLogin(req, res)) return;
      router(req, res).catch((error: unknown) => failLoudly(res, { errcode: -1 }, error));
    },
    upgrade: socket.upgrade,
    async close() {
      deliveries.close();
      socket.close();
      clock.close();
    },
  };
}

/** Makes an emulator with its own listener on loopback (`host` 127.0.0.1, any free `port` unless told). */
export async function startWecomEmulator(
  options: WecomEmulatorOptions & { host?: string; port?: number },
): Promise<ListeningWecomEmulator> {
  const emulator = createWecomEmulator(options);
  const { origin, port, close } = await listen(emulator, options);
  const base = `${origin}${options.basePath ?? ''}`;
  return { ...emulator, apiBase: `http://${base}`, botUrl: `ws://${base}${BOT_PATH}`, port, close };
}

export { type ArchiveRecord, recordLine } from './archive/archive.ts';
export type { KfAccount } from './kf/book.ts';
export type { Flaws } from './misbehaviour.ts';
export type { WecomEmulatorOptions } from './options.ts';
