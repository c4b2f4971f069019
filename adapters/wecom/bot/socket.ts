/** One connection of the bot, from its subscription to its end, with the SDK's gaps filled. */
import { randomBytes } from 'node:crypto';
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog } from '../../../src/channel/channel.ts';
import { isRecord, type JsonRecord } from '../json.ts';
import type { BotSettings } from '../setting-parts.ts';
import { fateOf, type LateAcks, type Outcome, readLateAcks } from './outcome.ts';
import type { Pace } from './pace.ts';

export type Command = 'aibot_respond_msg' | 'aibot_respond_update_msg' | 'aibot_send_msg';

export interface BotSocket {
  /** Sends one frame and tells what became of it, within 13 s. Never rejects. */
  command(cmd: Command, reqId: string, body: JsonRecord): Promise<Outcome>;
  /** Puts an image with the platform, in pieces; resolves with its media_id, null when that did not work. Never rejects. */
  uploadImage(name: string, png: Buffer): Promise<string | null>;
  /** Ends the connection; `down` is not called. */
  close(): void;
}

/** Why a connection ended, or never stood. */
export type Down =
  /** Another connection of the same bot was made: the platform keeps the newer one. */
  | { readonly kind: 'taken_over' }
  /** The subscription was refused with this code. */
  | { readonly kind: 'refused'; readonly code: number | null }
  | { readonly kind: 'lost' };

export interface SocketEvents {
  message(reqId: string, body: JsonRecord): void;
  event(reqId: string, body: JsonRecord): void;
  up(): void;
  /** Once, when the connection is over. */
  down(why: Down): void;
}

const handshakeMs = 10_000;
const pongWithinMs = 3_000;

/**
 * A WSClient of the SDK (1.0.7) that lives for one connection: who connects again, and when, is decided outside. Left
 * to itself it gives up after ten tries, stops for good at a `disconnected_event`, waits for ever for the answer to
 * its subscription, and calls a frame failed whose answer came after five seconds.
 */
export async function openSocket(
  settings: BotSettings,
  agent: Agent | null,
  log: ChannelLog,
  pace: Pace,
  on: SocketEvents,
): Promise<BotSocket> {
  const { WSClient } = await import('@wecom/aibot-node-sdk');
  const late: LateAcks = new Map();
  const trouble = (message: string, ...said: unknown[]): void => {
    if (!readLateAcks(late, message, said)) log.warn({ note: sdkNote(message) }, 'wecom bot connection trouble');
  };
  const quiet = (): void => undefined;
  const client = new WSClient({
    botId: settings.id,
    secret: settings.secret,
    wsUrl: settings.url,
    heartbeatInterval: pace.heartbeatMs,
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    logger: { debug: quiet, info: quiet, warn: trouble, error: trouble },
    wsOptions: { handshakeTimeout: handshakeMs, ...(agent && { agent }) },
  });
  let over = false;
  let refusal: Down | null = null;
  const patience = setTimeout(() => end({ kind: 'lost' }), pace.upWithinMs);

  function close(): void {
    over = true;
    clearTimeout(patience);
    client.disconnect();
  }

  function end(why: Down): void {
    if (over) return;
    close();
    on.down(refusal ?? why);
  }

  client.on('authenticated', () => {
    clearTimeout(patience);
    if (!over) on.up();
  });
  client.on('message', ({ headers, body }) => {
    if (!over && isRecord(body)) on.message(headers.req_id, body);
  });
  client.on('event', ({ headers, body }) => {
    if (!over && isRecord(body)) on.event(headers.req_id, body);
  });
  client.on('event.disconnected_event', () => end({ kind: 'taken_over' }));
  // The SDK says the same of a disconnected_event whose body it does not pass on.
  client.on('disconnected', (reason) => end({ kind: /^New connection/.test(reason) ? 'taken_over' : 'lost' }));
  client.on('error', (error) => {
    const code = /^Authentication failed.*\(code: (-?\d+)\)$/s.exec(error.message)?.[1];
    if (error.message.startsWith('Authentication failed')) {
      refusal = { kind: 'refused', code: code === undefined ? null : Number(code) };
    }
  });
  client.connect();

  /** True when the platform answers a ping that left after everything before it. */
  async function answersPing(): Promise<boolean> {
    const reqId = `probe_${randomBytes(8).toString('hex')}`;
    const answered = client.reply({ headers: { req_id: reqId } }, {}, 'ping').then(
      () => true,
      () => false,
    );
    return Promise.race([answered, sleep(pongWithinMs, false, { ref: false })]);
  }

  return {
    async command(cmd, reqId, body) {
      const fate = await fateOf(client.reply({ headers: { req_id: reqId } }, body, cmd));
      if (fate !== 'no_answer') return fate;
      // No answer within the SDK's five seconds: slow, or dead without knowing it.
      const answer = Promise.withResolvers<Outcome>();
      late.set(reqId, answer.resolve);
      try {
        const alive = answersPing().then((yes): Outcome => ({ kind: 'unanswered', alive: yes }));
        const outcome = await Promise.race([answer.promise, alive]);
        if (outcome.kind === 'unanswered' && !outcome.alive) end({ kind: 'lost' });
        return outcome;
      } finally {
        late.delete(reqId);
      }
    },
    uploadImage: (filename, png) =>
      client.uploadMedia(png, { type: 'image', filename }).then(
        ({ media_id }) => media_id,
        () => null,
      ),
    close,
  };
}

/** The first plain words of an SDK log line; what follows may quote a frame. */
function sdkNote(message: string): string {
  return /^[A-Za-z ]{1,60}/.exec(message)?.[0]?.trim() || 'unknown';
}
