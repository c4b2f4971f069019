/** Whether callbacks are acknowledged as soon while somebody reads page after page of a large company. */
import type { LoadResult } from '../../sandbox/platform/burst.ts';
import { type Child, startChild } from '../child.ts';
import type { FeishuSecrets } from '../dialects/feishu.ts';
import { SMALL_TALK } from '../lines.ts';
import type { LoadQuestion } from '../processes/load.ts';
import { createClient } from './client.ts';
import type { Colleague } from './people.ts';
import { readings } from './reads.ts';

export interface AckFigures {
  /** 99 of 100 acks came within, ms: with nobody reading, and with an administrator who never stops. */
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
}

/** Chats of the emulated platform; the product has to know them. */
export const CHATS = 200;
const ROUNDS = 5;
const MESSAGES = 1_500;
/** Every fifth ack of a busy platform meets another: what is asked here is how long one waits for a page, not for its like. */
const AT_ONCE = 2;

export interface Platform {
  readonly apiBase: string;
  /** Pushes to the product on this port; throws when a message was not acknowledged. */
  push(port: number): Promise<LoadResult>;
  stop: Child['stop'];
}

export async function startPlatform(secrets: FeishuSecrets): Promise<Platform> {
  const load = startChild('load.ts');
  const { port: apiPort } = await load.ask<{ port: number }>({
    ...{ do: 'open', platform: 'feishu', secrets, deals: CHATS },
  } satisfies LoadQuestion);
  return {
    apiBase: `http://127.0.0.1:${apiPort}`,
    async push(port) {
      const url = `http://127.0.0.1:${port}/callbacks/feishu`;
      const question = { do: 'push', url, count: MESSAGES, texts: SMALL_TALK, concurrency: AT_ONCE } as const;
      const result = await load.ask<LoadResult>(question satisfies LoadQuestion);
      if (result.accepted !== MESSAGES) throw new Error(`refused: ${JSON.stringify(result.refused)}`);
      return result;
    },
    stop: load.stop,
  };
}

/** Turn about, so that a slow minute of the machine slows both; the first round does not count. */
export async function measureAcks(platform: Platform, port: number, admin: Colleague): Promise<AckFigures> {
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const quiet = await platform.push(port);
    const reading = keepReading(port, admin);
    const busy = await platform.push(port);
    await reading.stop();
    if (round === 0) continue;
    alone.push(quiet.p99Ms);
    beside.push(busy.p99Ms);
  }
  return { aloneP99Ms: middle(alone), besideP99Ms: middle(beside) };
}

function keepReading(port: number, who: Colleague): { stop(): Promise<void> } {
  const client = createClient(port);
  const pages = readings();
  let going = true;
  const loop = (async () => {
    for (let n = 0; going; n += 1) {
      const page = pages[n % pages.length];
      if (page) await client.ask(page.question(who, n), who.cookie);
    }
    client.close();
  })();
  return {
    stop() {
      going = false;
      return loop;
    },
  };
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
