/** A socket of the stream, and what notices that it is open and dead. */
import type { Pace } from './pace.ts';

/** The part of a `ws` socket that is used here. */
export interface Socket {
  readonly readyState: number;
  on(name: string, listener: (value: unknown) => void): unknown;
  removeAllListeners(): unknown;
  send(text: string, done: () => void): void;
  ping(): void;
  close(): void;
  terminate(): void;
}

export const isOpen = ({ readyState }: Pick<Socket, 'readyState'>): boolean => readyState === 1;

export interface Watch {
  start(): void;
  /** Some sign of life came. */
  heard(): void;
  stop(): void;
}

/** A ping of ours is followed by some sign of life, or the socket is ended. */
export function watchOver(
  socket: Socket,
  { pingEveryMs, pongWithinMs }: Pick<Pace, 'pingEveryMs' | 'pongWithinMs'>,
): Watch {
  let pinging: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;
  const heard = (): void => clearTimeout(patience);
  return {
    heard,
    start() {
      pinging = setInterval(() => {
        heard();
        patience = setTimeout(() => socket.terminate(), pongWithinMs);
        if (isOpen(socket)) socket.ping();
      }, pingEveryMs);
    },
    stop() {
      clearInterval(pinging);
      heard();
    },
  };
}
