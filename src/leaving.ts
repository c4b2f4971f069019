/** How an instance leaves: it says so, ends what it has begun, gives back what it has not, and closes. */
import type { Server } from 'node:http';
import type { Channel } from './channel/channel.ts';
import { within } from './within.ts';
import type { Worker } from './work/worker.ts';

/** Callbacks are answered in milliseconds, taps within a second. */
const REQUEST_PATIENCE_MS = 3_000;
/** A platform that answers at all has answered by then; who stops asking it comes back with the same key. */
const DELIVERY_PATIENCE_MS = 5_000;

interface Part {
  stop(): Promise<void>;
}

export interface LeavingOptions {
  readonly server: Server;
  readonly channels: readonly Pick<Channel, 'stop'>[];
  readonly pages: Part;
  readonly schedule: Part;
  readonly usage: Part;
  readonly inbox: Pick<Worker, 'stop'>;
  readonly outbox: Pick<Worker, 'stop'>;
  /** What was begun at the start, and what people began. */
  readonly errands: () => Promise<unknown>;
  readonly database: { close(): Promise<void> };
}

export interface Leaving {
  /** From the first word of it on: whoever sends requests here shall send them elsewhere. */
  readonly begun: () => boolean;
  /** Asked again, it is the same leaving. */
  leave(): Promise<void>;
}

export function createLeaving({ server, channels, outbox, ...parts }: LeavingOptions): Leaving {
  let begun = false;
  let left: Promise<void> | null = null;
  // A proxy that keeps its connections open would use one in the moment in which we close it.
  server.prependListener('request', (_request, response) => {
    if (begun) response.setHeader('connection', 'close');
  });

  return {
    begun: () => begun,
    leave() {
      left ??= leave();
      return left;
    },
  };

  async function leave(): Promise<void> {
    begun = true;
    // While their platforms can still be asked: half of what is cut off has arrived there, and would be sent again.
    await within(DELIVERY_PATIENCE_MS, outbox.stop());
    await Promise.all([parts.pages.stop(), ...channels.map((channel) => channel.stop())]);
    await closeServer(server);
    await parts.schedule.stop();
    await parts.errands();
    await parts.usage.stop();
    await parts.inbox.stop();
    await outbox.stop();
    await parts.database.close();
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), REQUEST_PATIENCE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
