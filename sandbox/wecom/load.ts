/** Many callbacks as fast as the product takes them: encrypted ahead, signed with a fresh timestamp just before they leave. */
import { type LoadOptions, type LoadResult, pushBurst } from '../platform/burst.ts';
import { createRandom } from '../platform/random.ts';
import type { OutgoingEvent } from './events.ts';
import type { CallbackKeys } from './options.ts';
import { encrypt, signature } from './sealing.ts';
import { writeXml } from './xml.ts';

export interface PreparedCallback {
  readonly sealed: string;
  readonly body: Buffer;
}

/** Encrypts events into bodies that `pushPrepared` can sign and send. */
export function prepareCallbacks(events: readonly OutgoingEvent[], aesKey: string, corpId: string): PreparedCallback[] {
  const random = createRandom();
  return events.map(({ fields, agentId }) => {
    const sealed = encrypt(writeXml(fields), aesKey, corpId, Buffer.from(random.hex(16)));
    const AgentID = agentId === null ? '' : String(agentId);
    return { sealed, body: Buffer.from(writeXml({ ToUserName: corpId, AgentID, Encrypt: sealed })) };
  });
}

/** Sends prepared callbacks to an address; `now` gives the timestamp that is signed, ms. */
export function pushPrepared(
  url: string,
  callbacks: readonly PreparedCallback[],
  { token, now = Date.now }: Pick<CallbackKeys, 'token'> & { readonly now?: () => number },
  options?: LoadOptions,
): Promise<LoadResult> {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return pushBurst(
    url,
    callbacks.length,
    (index) => {
      const { sealed = '', body = Buffer.alloc(0) } = callbacks[index] ?? {};
      const [timestamp, nonce] = [String(Math.floor(now() / 1000)), String(index)];
      const query = `msg_signature=${signature(token, timestamp, nonce, sealed)}&timestamp=${timestamp}&nonce=${nonce}`;
      return { body, headers, query };
    },
    options,
  );
}
