/** Whether callbacks are acknowledged as soon while somebody reads page after page of a large company. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult } from '../../sandbox/platform/burst.ts';
import { type Child, startChild } from '../child.ts';
import type { FeishuSecrets } from '../dialects/feishu.ts';
import { SMALL_TALK } from '../lines.ts';
import type { LoadQuestion } from '../processes/load.ts';
import { createClient } from './client.ts';
import { BARE } from './measure.ts';
import type { Colleague } from './people.ts';
import { type Reading, readings } from './reads.ts';

export interface AckFigures {
  /** 99 of 100 acks came within, ms: beside somebody who asks for nothing, over and over, and beside an administrator who reads as often. */
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
}

/** Chats of the emulated platform; the product has to know them. */
export const CHATS = 200;
const ROUNDS = 5;
const MESSAGES = 800;
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
    const reading = keepAsking(port, admin, readings(), 0);
    const busy = await platform.push(port);
    const everyMs = await reading.stop();
    // As many requests to the same server: what is compared is what they make it do.
    const asking = keepAsking(port, admin, [{ question: () => BARE }], everyMs);
    const quiet = await platform.push(port);
    await asking.stop();
    if (round === 0) continue;
    alone.push(quiet.p99Ms);
    beside.push(busy.p99Ms);
  }
  return { aloneP99Ms: middle(alone), besideP99Ms: middle(beside) };
}

interface Asking {
  /** Returns how often it asked, ms from one request to the next. */
  stop(): Promise<number>;
}

/** One request after the other, at least `everyMs` apart. */
function keepAsking(
  port: number,
  who: Colleague,
  pages: readonly Pick<Reading, 'question'>[],
  everyMs: number,
): Asking {
  const client = createClient(port);
  const startedAt = performance.now();
  let going = true;
  const loop = (async () => {
    let asked = 0;
    for (; going; asked += 1) {
      await sleep(Math.max(0, startedAt + asked * everyMs - performance.now()));
      const page = pages[asked % pages.length];
      if (page) await client.ask(page.question(who, asked), who.cookie);
    }
    client.close();
    return (performance.now() - startedAt) / asked;
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
