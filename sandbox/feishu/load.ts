/** Many pushes as fast as the product takes them: encrypted ahead, signed with a fresh timestamp just before they leave. */
import type { OutgoingEvent } from './events.ts';
import { createLoadClient } from './load-client.ts';
import type { PushBody } from './push-body.ts';
import { createRandom } from './random.ts';
import { encrypt, signature } from './sealing.ts';

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

/** Encrypts envelopes into bodies that `pushPrepared` can sign and send. With no key they stay plain. */
export function prepareBodies(events: readonly OutgoingEvent[], encryptKey: string): Buffer[] {
  const random = createRandom();
  return events.map(({ envelope }) => {
    const plain = JSON.stringify(envelope);
    return Buffer.from(
      encryptKey === '' ? plain : JSON.stringify({ encrypt: encrypt(plain, encryptKey, random.bytes(16)) }),
    );
  });
}

/** Sends prepared bodies to a callback address; `now` gives the timestamp that is signed, ms. */
export async function pushPrepared(
  url: string,
  bodies: readonly Buffer[],
  seal: { readonly encryptKey: string; readonly now?: () => number },
  { concurrency = 32 }: LoadOptions = {},
): Promise<LoadResult> {
  const now = seal.now ?? Date.now;
  const took: number[] = [];
  const refused: Record<number, number> = {};
  let next = 0;

  async function work(): Promise<void> {
    const client = createLoadClient(url);
    for (let index = next++; index < bodies.length; index = next++) {
      const startedAt = performance.now();
      const status = await client.post(signed(bodies[index] ?? Buffer.alloc(0), seal.encryptKey, now(), index));
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
  return { sent: bodies.length, accepted: took.length, refused, seconds, perSecond: took.length / seconds, ...figures };
}

function signed(body: Buffer, encryptKey: string, now: number, index: number): PushBody {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (encryptKey === '') return { body, headers };
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(index);
  headers['x-lark-request-timestamp'] = timestamp;
  headers['x-lark-request-nonce'] = nonce;
  headers['x-lark-signature'] = signature(timestamp, nonce, encryptKey, body);
  return { body, headers };
}
