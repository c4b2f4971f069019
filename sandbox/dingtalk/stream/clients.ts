/** The product's ends of the stream, as the gateway sees them: which are listening, to what, and which only seem to. */
import type { WebSocket } from 'ws';

export interface Client {
  readonly connectionId: string;
  /** `CALLBACK /v1.0/…` and `EVENT *`, as told when the connection was opened. */
  readonly topics: ReadonlySet<string>;
  readonly socket: WebSocket;
  /** False once `disconnect` was said: nothing is routed to it any more. */
  routed: boolean;
  /** The gateway has gone silent on it: frames for it vanish, nothing is answered. */
  silent: boolean;
  /** Told when the socket is gone. */
  readonly onLoss: Set<() => void>;
}

/** A connection as tests and consoles see it. */
export interface ShownConnection {
  readonly connectionId: string;
  readonly topics: readonly string[];
  readonly routed: boolean;
}

export const shownConnection = ({ connectionId, topics, routed }: Client): ShownConnection => ({
  connectionId,
  topics: [...topics],
  routed,
});
