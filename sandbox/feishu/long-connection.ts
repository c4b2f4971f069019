/** The platform's side of the long connection: endpoint discovery, sockets, ping and pong, events out and acks back. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PushOutcome } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import { cutIntoFragments, decodeFrame, encodeFrame, type Frame, METHOD_CONTROL, METHOD_DATA } from './frames.ts';
import type { Flaws, MisbehaviourState } from './misbehaviour.ts';
import type { ResolvedOptions } from './options.ts';

const SERVICE_ID = 33554678;

export interface LongConnection {
  /** Answers `POST /callback/ws/endpoint`; `host` is what the client called us, so the URL leads back the same way. */
  discover(body: unknown, host: string): { code: number; msg: string; data: object };
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends one envelope over a connection picked by chance and waits for its ack; never rejects. */
  push(messageId: string, payload: Buffer, flaws: Flaws): Promise<PushOutcome>;
  /** Connections whose client has sent its first ping. */
  ready(): number;
  dropAll(): void;
  close(): void;
}

interface Client {
  readonly socket: WebSocket;
  ready: boolean;
  /** What to tell those who wait for an ack when the socket goes. */
  readonly onLoss: Set<() => void>;
}

export function createLongConnection(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
  misbehaviour: MisbehaviourState;
}): LongConnection {
  const { options, random, journal, now, misbehaviour } = setup;
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const clients = new Set<Client>();
  const awaitingAck = new Map<string, (frame: Frame | null) => void>();
  const note = (what: 'opened' | 'closed' | 'ping' | 'refused'): void =>
    journal.record({ kind: 'connection', at: now(), what });

  function discover(body: unknown, host: string): { code: number; msg: string; data: object } {
    const { AppID, AppSecret } = (body ?? {}) as { AppID?: unknown; AppSecret?: unknown };
    const refusal = misbehaviour.discoveryCode();
    if (refusal !== null) return { code: refusal, msg: 'refused on demand', data: {} };
    if (AppID !== options.appId || AppSecret !== options.appSecret) return { code: 514, msg: 'auth failed', data: {} };
    if (clients.size >= options.maxConnections) {
      return { code: 1000040350, msg: 'the number of connections exceeded the limit', data: {} };
    }
    const ticket = random.hex(32);
    tickets.add(ticket);
    const query = `fpid=493&aid=552564&device_id=${random.int(1e9)}&access_key=${random.hex(32)}&service_id=${SERVICE_ID}&ticket=${ticket}`;
    return {
      code: 0,
      msg: '',
      data: { URL: `ws://${host}${options.basePath}/ws/v2?${query}`, ClientConfig: options.clientConfig },
    };
  }

  function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(req.url ?? '/', 'http://platform');
    const known = url.pathname === `${options.basePath}/ws/v2` && tickets.delete(url.searchParams.get('ticket') ?? '');
    if (!known || clients.size >= options.maxConnections) {
      note('refused');
      const code = known ? '1000040350' : '514';
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nHandshake-Status: 514\r\nHandshake-Msg: auth failed\r\nHandshake-Autherrcode: ${code}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    server.handleUpgrade(req, socket, head, serve);
  }

  function serve(socket: WebSocket): void {
    const client: Client = { socket, ready: false, onLoss: new Set() };
    clients.add(client);
    note('opened');
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clients.delete(client);
      for (const lost of client.onLoss) lost();
      note('closed');
    });
    socket.on('message', (data: Buffer) => {
      try {
        receive(client, decodeFrame(data));
      } catch {
        journal.complain('bad_frame', 'a frame that cannot be read');
      }
    });
  }

  function receive(client: Client, frame: Frame): void {
    if (frame.method === METHOD_DATA) {
      awaitingAck.get(frame.headers.message_id ?? '')?.(frame);
      return;
    }
    if (frame.method !== METHOD_CONTROL || frame.headers.type !== 'ping') return;
    if (frame.service !== SERVICE_ID) journal.complain('bad_frame', `ping for service ${frame.service}`);
    client.ready = true;
    note('ping');
    if (misbehaviour.pongIsSilent()) return;
    const payload = Buffer.from(JSON.stringify(options.clientConfig));
    client.socket.send(
      encodeFrame({ service: SERVICE_ID, method: METHOD_CONTROL, headers: { type: 'pong' }, payload }),
    );
  }

  function sendEvent(client: Client, messageId: string, payload: Buffer, fragments: number): void {
    const parts = cutIntoFragments(payload, fragments);
    for (const [seq, part] of parts.entries()) {
      const headers = {
        type: 'event',
        message_id: messageId,
        sum: String(parts.length),
        seq: String(seq),
        trace_id: random.hex(32),
        timestamp: String(now()),
      };
      client.socket.send(encodeFrame({ service: SERVICE_ID, method: METHOD_DATA, headers, payload: part }));
    }
  }

  async function push(messageId: string, payload: Buffer, flaws: Flaws): Promise<PushOutcome> {
    const startedAt = performance.now();
    const done = (reason: string | null, answer = ''): PushOutcome => ({
      accepted: reason === null,
      status: null,
      answer,
      reason,
      tookMs: performance.now() - startedAt,
    });
    const client = random.pick([...clients].filter((candidate) => candidate.ready));
    if (!client) return done('no_connection');
    const fragments = flaws.fragments ?? Math.ceil(payload.length / options.fragmentBytes);
    return new Promise((resolve) => {
      const settle = (outcome: PushOutcome): void => {
        clearTimeout(deadline);
        client.onLoss.delete(lost);
        awaitingAck.delete(messageId);
        resolve(outcome);
      };
      const lost = (): void => settle(done('connection_lost'));
      const deadline = setTimeout(() => settle(done('timeout')), options.deadlineMs);
      client.onLoss.add(lost);
      awaitingAck.set(messageId, (frame) => {
        const ack = readAck(frame);
        settle(ack.code === 200 ? done(null, ack.data) : done(`ack_${ack.code}`));
      });
      sendEvent(client, messageId, payload, Math.max(1, fragments));
    });
  }

  function readAck(frame: Frame | null): { code: number; data: string } {
    try {
      const ack = JSON.parse(frame?.payload.toString('utf8') ?? '') as { code?: number; data?: string };
      return { code: ack.code ?? 0, data: ack.data ? Buffer.from(ack.data, 'base64').toString('utf8') : '' };
    } catch {
      journal.complain('bad_frame', 'an ack whose payload is not JSON');
      return { code: 0, data: '' };
    }
  }

  return {
    discover,
    upgrade,
    push,
    ready: () => [...clients].filter((client) => client.ready).length,
    dropAll() {
      for (const client of clients) {
        // Nothing more is sent to it, also before its close event comes round.
        client.ready = false;
        client.socket.terminate();
      }
    },
    close() {
      for (const { socket } of clients) socket.terminate();
      server.close();
    },
  };
}
