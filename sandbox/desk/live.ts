/** Tells open pages about changes: the platform's journal says when to look, and a slow beat catches what only the CRM knows. */
import type { ServerResponse } from 'node:http';

export interface Live {
  /** Keeps the answer open and writes the desk to it whenever it changes. */
  follow(response: ServerResponse): void;
}

const BEAT_MS = 300;
const SETTLE_MS = 25;

/** `subscribe` calls back on every change of the platform; `read` gives the desk as JSON. */
export function createLive(subscribe: (changed: () => void) => () => void, read: () => Promise<string>): Live {
  const followers = new Map<ServerResponse, string>();
  let unsubscribe: (() => void) | null = null;
  let beat: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let reading = false;

  async function look(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      const desk = await read();
      for (const [response, last] of followers) {
        if (last === desk) continue;
        followers.set(response, desk);
        response.write(`data: ${desk}\n\n`);
      }
    } catch {
      // The sandbox is closing: its database is gone, and so will the followers be.
    } finally {
      reading = false;
    }
  }

  function lookSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined;
      void look();
    }, SETTLE_MS);
  }

  function start(): void {
    unsubscribe ??= subscribe(lookSoon);
    beat ??= setInterval(() => void look(), BEAT_MS).unref();
  }

  function stop(): void {
    unsubscribe?.();
    unsubscribe = null;
    clearInterval(beat);
    clearTimeout(soon);
    beat = undefined;
    soon = undefined;
  }

  return {
    follow(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.write('retry: 1000\n\n');
      followers.set(response, '');
      response.on('close', () => {
        followers.delete(response);
        if (followers.size === 0) stop();
      });
      start();
      void look();
    },
  };
}
