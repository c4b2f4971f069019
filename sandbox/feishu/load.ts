/** Many pushes as fast as the product takes them: encrypted ahead, signed with a fresh timestamp just before they leave. */
import { type LoadOptions, type LoadResult, pushBurst } from '../platform/burst.ts';
import type { PushBody } from '../platform/http-push.ts';
import { createRandom } from '../platform/random.ts';
import type { OutgoingEvent } from './events.ts';
import { encrypt, signature } from './sealing.ts';

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
export function pushPrepared(
  url: string,
  bodies: readonly Buffer[],
  seal: { readonly encryptKey: string; readonly now?: () => number },
  options?: LoadOptions,
): Promise<LoadResult> {
  const now = seal.now ?? Date.now;
  const finish = (index: number) => signed(bodies[index] ?? Buffer.alloc(0), seal.encryptKey, now(), index);
  return pushBurst(url, bodies.length, finish, options);
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
