/** The platform's side of the AI bot's long connection: subscribe, ping, callbacks out, commands in; one connection per bot. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createDeliveries, type Deliveries, type Delivery } from '../../platform/deliveries.ts';
import type { PushOutcome } from '../../platform/http-push.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Message } from '../world.ts';
import { type Client, createCommands, type Expectation } from './commands.ts';
import { type Ack, accepted, readFrame, refused, writeAck, writeFrame } from './frames.ts';

export const BOT_PATH = '/openws';

export interface BotFlaws {
  /** Deliver this callback so many times, each with a request id of its own. */
  readonly copies?: number;
}

/** A callback for the bot; `expects` says which answers its request id may bring. */
export interface BotEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly cmd: 'aibot_msg_callback' | 'aibot_event_callback';
  readonly body: JsonObject;
  readonly expects: Expectation | null;
}

export interface BotSocket {
  readonly deliveries: Deliveries<BotEvent, BotFlaws>;
  send(event: BotEvent, flaws?: BotFlaws): Delivery;
  /** A hand on a card of the bot. */
  tap(
    userid: string,
    message: Message,
    key: string,
    answers: readonly (readonly [string, readonly string[]])[],
  ): Delivery;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Whether the bot has answered these words, in any way. */
  hasAnswered(messageId: string): boolean;
  /** Connections that are subscribed: 0 or 1. */
  ready(): number;
  /** Cuts the connection without a word. */
  dropAll(): void;
  /** Another process takes the bot over: our product is told, and its socket is closed. */
  takeOver(): void;
  close(): void;
}

export function createBotSocket(core: Core, uploads: Parameters<typeof createCommands>[1]): BotSocket {
  const { options, random, journal, clock, misbehaviour } = core;
  const server = new WebSocketServer({ noServer: true });
  const clients = new Set<Client>();
  const commands = createCommands(core, uploads);
  const waiting: (() => void)[] = [];
  const botState = misbehaviour.botState;
  let live: Client | null = null;
  const note = (what: 'opened' | 'closed' | 'ping' | 'refused'): void =>
    journal.record({ kind: 'connection', at: clock.now(), what });

  function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname } = new URL(req.url ?? '/', 'http://platform');
    if (options.bot === null || pathname !== `${options.basePath}${BOT_PATH}`) {
      note('refused');
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(req, socket, head, serve);
  }

  function serve(socket: WebSocket): void {
    const client: Client = { socket, subscribed: false, expectations: new Map() };
    clients.add(client);
    note('opened');
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clients.delete(client);
      if (live === client) live = null;
      note('closed');
    });
    socket.on('message', (data: Buffer) => receive(client, data));
  }

  function receive(client: Client, data: Buffer): void {
    const frame = readFrame(data);
    if (!frame) {
      journal.complain('bad_frame', 'a frame that cannot be read');
      return;
    }
    const answer = (ack: Ack): void => client.socket.send(writeAck(frame.reqId, ack));
    if (frame.cmd === 'aibot_subscribe') {
      answer(subscribe(client, frame.body));
      if (client.subscribed) for (const go of waiting.splice(0)) go();
      return;
    }
    if (frame.cmd === 'ping') {
      note('ping');
      if (!botState.silentPong) answer(client.subscribed ? accepted() : refused(853000, 'not subscribed'));
      return;
    }
    const refusal = botState.refusals.shift();
    const ack = refusal === undefined ? commands.carryOut(client, frame) : refused(refusal, 'trouble on demand');
    const at = clock.now();
    const { cmd: path, body } = frame;
    journal.record({ kind: 'api', at, method: 'WS', path, query: {}, body, status: 200, code: ack.errcode });
    if (!botState.silentAcks) answer(ack);
  }

  function subscribe(client: Client, { bot_id, secret }: JsonObject): Ack {
    if (botState.subscribeCode !== null) return refused(botState.subscribeCode, 'refused on demand');
    if (client.subscribed) {
      journal.complain('bad_frame', 'subscribed twice on one connection');
      return refused(45009, 'api freq out of limit');
    }
    if (bot_id !== options.bot?.id || secret !== options.bot?.secret) {
      journal.complain('wrong_secret', 'aibot_subscribe');
      return refused(853000, 'invalid bot_id or secret');
    }
    if (live) replace(live);
    client.subscribed = true;
    live = client;
    journal.touch();
    return accepted();
  }

  /** The newer connection wins: the older one is told without sender or chat, and closed. */
  function replace(old: Client): void {
    const body = {
      msgid: random.hex(32),
      create_time: Math.floor(clock.now() / 1000),
      aibotid: options.bot?.id,
      msgtype: 'event',
      event: { eventtype: 'disconnected_event' },
    };
    old.socket.send(writeFrame({ cmd: 'aibot_event_callback', reqId: random.hex(24), body }));
    old.subscribed = false;
    if (live === old) live = null;
    setTimeout(() => old.socket.close(), 20).unref();
  }

  function push(event: BotEvent): Promise<PushOutcome> {
    const done = (reason: string | null): PushOutcome => {
      return { accepted: reason === null, status: null, answer: '', reason, tookMs: 0 };
    };
    const go = (): PushOutcome => {
      if (!live) return done('no_connection');
      const reqId = random.hex(24);
      if (event.expects) live.expectations.set(reqId, { ...event.expects, openedAt: clock.now() });
      live.socket.send(writeFrame({ cmd: event.cmd, reqId, body: event.body }));
      return done(null);
    };
    if (live || options.unreachableBot === 'lost') return Promise.resolve(go());
    return new Promise((resolve) => waiting.push(() => resolve(go())));
  }

  const deliveries = createDeliveries<BotEvent, BotFlaws>({
    clock,
    journal,
    transport: 'websocket',
    deadlineMs: 0,
    retryDelaysMs: [],
    prepare: (event) => ({ first: () => push(event), again: () => push(event) }),
    takeFlaws: () => ({}),
    mustBeRefused: () => false,
  });

  return {
    deliveries,
    send: deliveries.send,
    tap(userid, message, key, answers) {
      const eventId = random.hex(32);
      return deliveries.send({
        eventId,
        eventType: 'bot.template_card_event',
        cmd: 'aibot_event_callback',
        body: commands.tapBody(eventId, userid, message, key, answers),
        expects: { kind: 'card', userid, chatId: message.chatId, message },
      });
    },
    hasAnswered: commands.hasAnswered,
    upgrade,
    ready: () => [...clients].filter(({ subscribed }) => subscribed).length,
    dropAll() {
      for (const { socket } of clients) socket.terminate();
    },
    takeOver() {
      if (live) replace(live);
    },
    close() {
      deliveries.close();
      for (const { socket } of clients) socket.terminate();
      server.close();
    },
  };
}
