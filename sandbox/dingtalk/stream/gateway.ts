/** The platform's side of the stream: sockets, pings, frames out and acks back, shared among connections by chance. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PushOutcome } from '../../platform/http-push.ts';
import type { Random } from '../../platform/random.ts';
import type { Journal } from '../complaints.ts';
import { type OutgoingEvent, TOPICS } from '../events.ts';
import type { Flaws, MisbehaviourState } from '../misbehaviour.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Route } from '../reply.ts';
import { type Client, type ShownConnection, shownConnection } from './clients.ts';
import { type Ack, eventFrame, type FrameHeaders, readAck, writeFrame } from './frames.ts';
import { createOpening } from './opening.ts';
import { lost, outcomeOf } from './outcome.ts';
import { createWaiting } from './waiting.ts';

const CONNECT_PATH = '/connect';

export interface Gateway {
  readonly route: Route;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an event over a connection picked by chance and waits for its ack; never rejects. `messageId` of an earlier try if it is kept. */
  push(event: OutgoingEvent, flaws: Flaws, messageId: string): Promise<PushOutcome>;
  /** Connections that events are routed to. */
  ready(): number;
  connections(): ShownConnection[];
  /** How often the product has asked for a connection. */
  openings(): number;
  /** Pings every connection; resolves with how many echoed in time. */
  ping(): Promise<number>;
  /** Says SYSTEM `disconnect`, routes nothing there any more, closes `closeAfterMs` later. */
  disconnect(reason?: string): void;
  /** Closes every connection in order, without a word before. */
  kickOut(): void;
  dropAll(): void;
  /** Connections of now stay open and keep their share, but nothing passes any more. */
  fallSilent(): void;
  /** Sends text as it is to every connection: frames that are none. */
  sendRaw(words: string): void;
  close(): void;
}

export function createGateway(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
  misbehaviour: MisbehaviourState;
}): Gateway {
  const { options, random, journal, now, misbehaviour } = setup;
  const opening = createOpening({ ...setup, path: `${options.basePath}${CONNECT_PATH}` });
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const clients = new Set<Client>();
  const waiting = createWaiting<Ack>();
  const appId = `${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`;
  const note = (what: 'opened' | 'closed' | 'ping' | 'refused'): void =>
    journal.record({ kind: 'connection', at: now(), what });
  const newId = (): string => `${random.hex(8)}_${random.hex(4)}_${random.hex(11)}`;
  const headersFor = (client: Client, messageId: string, topic: string): FrameHeaders => ({
    appId,
    connectionId: client.connectionId,
    messageId,
    time: now(),
    topic,
  });
  const pinging = setInterval(() => void pingAll(), options.pingEveryMs).unref();

  function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(req.url ?? '/', 'http://platform');
    const ours = url.pathname === `${options.basePath}${CONNECT_PATH}` && !misbehaviour.gatewayState.socketsRefused;
    const topics = ours ? opening.redeem(url.searchParams.get('ticket') ?? '') : null;
    if (!topics) {
      note('refused');
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(req, socket, head, (made) => serve(made, topics));
  }

  function serve(socket: WebSocket, topics: ReadonlySet<string>): void {
    const connectionId = `${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`;
    const client: Client = { connectionId, topics, socket, routed: true, silent: false, onLoss: new Set() };
    clients.add(client);
    note('opened');
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clients.delete(client);
      for (const tell of client.onLoss) tell();
      note('closed');
    });
    socket.on('ping', (data) => {
      if (!client.silent) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      if (!client.silent) receive(data.toString('utf8'));
    });
  }

  function receive(raw: string): void {
    const ack = readAck(raw);
    if (!ack) journal.complain('bad_frame', 'an upstream frame that is no ack');
    else if (!waiting.settle(ack.messageId, ack)) journal.complain('bad_frame', 'an ack for nothing that was asked');
  }

  /** Sends a frame and waits; null when no ack came in time. */
  function ask(client: Client, messageId: string, frame: string, deadlineMs: number): Promise<Ack | null | 'lost'> {
    if (!client.silent) client.socket.send(frame);
    return waiting.await(messageId, deadlineMs, client.onLoss);
  }

  async function push(event: OutgoingEvent, flaws: Flaws, messageId: string): Promise<PushOutcome> {
    const startedAt = performance.now();
    const topic = `${event.kind === 'event' ? 'EVENT' : 'CALLBACK'} ${TOPICS[event.kind]}`;
    const able = [...clients].filter((client) => client.routed && client.topics.has(topic));
    const client = able[random.int(able.length + misbehaviour.gatewayState.ghosts)];
    if (!client && misbehaviour.gatewayState.ghosts === 0) return lost('no_connection', startedAt);
    const deadlineMs = event.callback ? options.cardDeadlineMs : options.deadlineMs;
    if (!client) {
      await pause(deadlineMs, undefined, { ref: false });
      return lost('timeout', startedAt);
    }
    const headers = headersFor(client, messageId, TOPICS[event.kind]);
    const frame = eventFrame(event, headers, flaws.brokenData === true);
    const answer = ask(client, messageId, frame, deadlineMs);
    if (flaws.cutConnection) cut(client);
    const ack = await answer;
    if (ack === 'lost') return lost('connection_lost', startedAt);
    return ack === null ? lost('timeout', startedAt) : outcomeOf(event, ack, journal, startedAt);
  }

  /** The frame goes out, its ack does not come in. */
  function cut(client: Client): void {
    client.silent = true;
    client.routed = false;
    client.socket.close();
  }

  async function pingAll(): Promise<number> {
    const echoes = [...clients]
      .filter(({ routed, silent }) => routed && !silent)
      .map(async (client) => {
        const [messageId, opaque] = [newId(), random.hex(16)];
        const frame = writeFrame('SYSTEM', headersFor(client, messageId, 'ping'), { opaque });
        const ack = await ask(client, messageId, frame, options.deadlineMs);
        const echoed = ack !== null && ack !== 'lost' && ack.code === 200 && ack.data?.opaque === opaque;
        if (echoed) note('ping');
        else if (ack !== 'lost') journal.complain('missed_ping', client.connectionId);
        return echoed;
      });
    return (await Promise.all(echoes)).filter(Boolean).length;
  }

  return {
    route: opening.route,
    upgrade,
    push,
    ready: () => [...clients].filter(({ routed }) => routed).length,
    connections: () => [...clients].map(shownConnection),
    openings: opening.count,
    ping: pingAll,
    disconnect(reason = 'connection is expired') {
      for (const client of clients) {
        if (!client.routed) continue;
        client.routed = false;
        client.socket.send(writeFrame('SYSTEM', headersFor(client, newId(), 'disconnect'), { reason }));
        setTimeout(() => client.socket.close(), options.closeAfterMs).unref();
      }
      journal.touch();
    },
    kickOut() {
      for (const client of clients) {
        client.routed = false;
        client.socket.close(1001, 'kicked out');
      }
    },
    dropAll() {
      for (const client of clients) {
        client.routed = false;
        client.socket.terminate();
      }
    },
    fallSilent() {
      for (const client of clients) client.silent = true;
    },
    sendRaw(words) {
      for (const { socket, silent } of clients) if (!silent) socket.send(words);
    },
    close() {
      clearInterval(pinging);
      for (const { socket } of clients) socket.terminate();
      server.close();
    },
  };
}
