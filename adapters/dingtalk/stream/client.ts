/** One connection of the stream: a DWClient of the SDK that lives for one socket, with the SDK's gaps filled. */
import { DWClient } from 'dingtalk-stream';
import { askForSocket, OpenFailure, type OpenRequest } from './gateway.ts';
import type { Pace } from './pace.ts';
import { isOpen, type Socket, watchOver } from './socket.ts';

export interface ConnectionEvents {
  /** One frame, as text, and how to answer on the socket that brought it. Must not throw. */
  frame(raw: string, send: Send): void;
  /** Once, when an open connection is over. */
  ended(): void;
}

/** False when the socket is no longer open: what was to be said is lost, and its frame will come again. */
export type Send = (text: string) => boolean;

/** `ended` follows either way. */
export interface Connection {
  close(): void;
  terminate(): void;
}

/** What the SDK keeps `private` in its types. */
interface Internals {
  socket?: Socket;
  dw_url?: string;
  sslopts: object;
}

const maxFrameBytes = 4 * 1024 * 1024;
/** `ws` would wait half a minute for a server that does not say goodbye. */
const closeWithinMs = 1_000;

/**
 * The SDK (2.1.5) shares its subscription list among clients, retries twice for one failure, connects again after
 * `disconnect()`, leaks its heartbeat, and dies of a frame that is no JSON or a listener that throws. So it is told not
 * to reconnect, brings the socket alone, and every listener on that socket is one of ours; that also keeps its
 * `console.info` out of our output. Who connects again, and when, is decided by the supervisor.
 */
class StreamClient extends DWClient {
  readonly #request: OpenRequest;

  constructor(request: OpenRequest) {
    const { clientId, clientSecret } = request;
    const subscriptions = request.subscriptions.map((one) => ({ ...one }));
    const config = { clientId, clientSecret, subscriptions, autoReconnect: false, keepAlive: false };
    super(config);
    this.#request = request;
  }

  override async getEndpoint(): Promise<this> {
    const { agents, withinMs } = this.#request;
    const address = await askForSocket(this.#request);
    const agent = agents.of(new URL(address));
    internalsOf(this).dw_url = address;
    internalsOf(this).sslopts = { handshakeTimeout: withinMs, maxPayload: maxFrameBytes, agent };
    return this;
  }

  /** The socket that the SDK makes, still connecting, without the SDK's listeners. */
  makeSocket(): Socket {
    // Its promise would be settled by the listeners that are taken away; it rejects when there is no socket at all.
    this._connect().catch(() => undefined);
    const { socket } = internalsOf(this);
    if (!socket) throw new OpenFailure('unreachable', 'no socket');
    socket.removeAllListeners();
    return socket;
  }
}

const internalsOf = (client: DWClient): Internals => client as unknown as Internals;

/** Resolves when the socket is open: the platform promises no other sign of life (dingtalk.md §1.2). Rejects with an OpenFailure. */
export async function openConnection(
  request: OpenRequest,
  pace: Pick<Pace, 'pingEveryMs' | 'pongWithinMs'>,
  on: ConnectionEvents,
): Promise<Connection> {
  const client = new StreamClient(request);
  await client.getEndpoint();
  if (request.signal.aborted) throw new OpenFailure('unreachable', 'stopped');
  const socket = client.makeSocket();
  const opened = Promise.withResolvers<void>();
  const abort = (): void => socket.terminate();
  request.signal.addEventListener('abort', abort);
  const watch = watchOver(socket, pace);
  let up = false;
  const send: Send = (text) => {
    if (!isOpen(socket)) return false;
    socket.send(text, () => undefined);
    return true;
  };

  socket.on('open', () => {
    up = true;
    watch.start();
    opened.resolve();
  });
  socket.on('message', (data) => {
    watch.heard();
    if (up) on.frame(String(data), send);
  });
  socket.on('pong', watch.heard);
  socket.on('ping', watch.heard);
  // `close` follows, and says what matters.
  socket.on('error', (error) => {
    opened.reject(new OpenFailure('unreachable', error instanceof Error ? error.message.slice(0, 100) : 'unknown'));
    socket.terminate();
  });
  socket.on('close', () => {
    watch.stop();
    request.signal.removeEventListener('abort', abort);
    opened.reject(new OpenFailure('unreachable', 'closed'));
    if (up) on.ended();
  });
  await opened.promise;
  return {
    close() {
      socket.close();
      setTimeout(() => socket.terminate(), closeWithinMs).unref();
    },
    terminate: () => socket.terminate(),
  };
}
