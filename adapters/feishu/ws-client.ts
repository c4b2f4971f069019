/** One long connection as the SDK makes it, with its logs tamed and the envelope handed over untouched. */
import type { Agent } from 'node:http';
import type { ChannelLog } from '../../src/channel/channel.ts';
import { loadSdk } from './client.ts';
import { createHttpInstance } from './http.ts';
import type { FeishuSettings } from './settings.ts';

export interface WsClient {
  /** Resolves before the connection stands; `up` tells when it does. */
  start(): Promise<void>;
  close(force: boolean): void;
}

export interface WsEvents {
  /** The SDK acks 200 when this resolves and 500 when it rejects; a result travels in the ack. */
  event(envelope: unknown): Promise<object | undefined>;
  up(): void;
  reconnecting(): void;
  /** The SDK will not try again. */
  gaveUp(error: Error): void;
}

/** Must stay under the server's PingInterval (90–120 s): every ping re-arms the watchdog. */
const pongWithinSeconds = 20;
const handshakeMs = 10_000;
const discoveryMs = 15_000;

export async function createWsClient(
  settings: FeishuSettings,
  agent: Agent,
  log: ChannelLog,
  on: WsEvents,
): Promise<WsClient> {
  const sdk = await loadSdk();
  const trouble = (...said: unknown[]): void => log.warn({ note: sdkNote(said) }, 'feishu long connection trouble');
  const quiet = (): undefined => undefined;
  const logger = { error: trouble, warn: trouble, info: quiet, debug: quiet, trace: quiet };
  const eventDispatcher = new sdk.EventDispatcher({ logger });
  // The SDK's own `invoke` merges header and event, and the event's `token` hides the header's.
  eventDispatcher.invoke = on.event;
  const client = new sdk.WSClient({
    appId: settings.appId,
    appSecret: settings.appSecret,
    domain: settings.apiBase,
    httpInstance: createHttpInstance(agent, discoveryMs, 'return'),
    agent,
    logger,
    source: 'liaodan',
    handshakeTimeoutMs: handshakeMs,
    wsConfig: { pingTimeout: pongWithinSeconds },
    onReady: on.up,
    onReconnected: on.up,
    onReconnecting: on.reconnecting,
    onError: on.gaveUp,
  });
  return { start: () => client.start({ eventDispatcher }), close: (force) => client.close({ force }) };
}

/** The first plain words of an SDK log line; what follows may quote an address with its ticket, or a message. */
function sdkNote(words: readonly unknown[]): string {
  const parts = words.flat(3).filter((word) => typeof word === 'string' && word !== '[ws]' && word !== 'ws');
  return /^[A-Za-z ]{1,60}/.exec(String(parts[0] ?? ''))?.[0]?.trim() ?? 'unknown';
}
