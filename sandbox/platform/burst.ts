/** Many pushes as fast as the product takes them: sealed ahead, finished (fresh timestamp) just before they leave. */
import type { PushBody } from './http-push.ts';
import { createLoadClient } from './load-client.ts';

export interface LoadOptions {
  /** Connections, each with one request on the way; 32 unless told. */
  readonly concurrency?: number;
}

export interface LoadResult {
  readonly sent: number;
  /** Answered with 200. */
  readonly accepted: number;
  /** Other answers and broken connections, by status (0: broken). */
  readonly refused: Readonly<Record<number, number>>;
  readonly seconds: number;
  readonly perSecond: number;
  /** Answer times of the accepted ones, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Sends `count` pushes to a callback address; `finish` makes the push of an index at the moment it leaves. */
export async function pushBurst(
  url: string,
  count: number,
  finish: (index: number) => PushBody,
  { concurrency = 32 }: LoadOptions = {},
): Promise<LoadResult> {
  const took: number[] = [];
  const refused: Record<number, number> = {};
  let next = 0;

  async function work(): Promise<void> {
    const client = createLoadClient(url);
    for (let index = next++; index < count; index = next++) {
      const startedAt = performance.now();
      const status = await client.post(finish(index));
      if (status === 200) took.push(performance.now() - startedAt);
      else refused[status] = (refused[status] ?? 0) + 1;
    }
    client.close();
  }

  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  const figures = { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
  return { sent: count, accepted: took.length, refused, seconds, perSecond: took.length / seconds, ...figures };
}
