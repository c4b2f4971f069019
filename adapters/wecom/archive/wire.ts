/** Shapes of what the vendor's library hands out, outside and inside the encryption. */
import { z } from 'zod';
import { latestMs } from '../instant.ts';
import { nestsDeeperThan } from '../json.ts';

const sealedRecord = z.object({
  seq: z.string().regex(/^\d{1,20}$/),
  publickey_ver: z.coerce.number().catch(0),
  encrypt_random_key: z.string().catch(''),
  encrypt_chat_msg: z.string().catch(''),
});

export type SealedRecord = z.infer<typeof sealedRecord>;

const chatData = z.object({ errcode: z.number().default(0), chatdata: z.array(z.unknown()).nullish() });

/** The reply of GetChatData; `chatdata` may be missing, and what has no place in the order is left out. Throws when it is none. */
export function readChatData(text: string): { readonly errcode: number; readonly records: readonly SealedRecord[] } {
  const { errcode, chatdata } = chatData.parse(text === '' ? {} : parseWire(text));
  const records = (chatdata ?? []).flatMap((one) => {
    const record = sealedRecord.safeParse(one);
    return record.success ? [record.data] : [];
  });
  return { errcode, records: records.toSorted((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1)) };
}

/** Control characters may stand unescaped inside the JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const control = /[\u0000-\u001f]/g;
const maxDepth = 32;

/**
 * Parses the library's JSON. `seq` is an unsigned 64-bit number and stays in its digits. Throws when it is no JSON, or
 * nests deeper than anything that is said.
 */
export function parseWire(text: string): unknown {
  const keepDigits = (key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    key === 'seq' && typeof value === 'number' ? (context?.source ?? String(value)) : value;
  const value: unknown = JSON.parse(text.replace(control, ''), keepDigits);
  if (nestsDeeperThan(value, maxDepth)) throw new Error('wecom archive json too deep');
  return value;
}

/** The head that all messages share, once decrypted; a `switch` has none of it. */
export const messageHead = z
  .object({
    msgid: z.string().min(1),
    action: z.enum(['send', 'recall']),
    from: z.string().min(1),
    tolist: z.array(z.string()).default([]),
    roomid: z.string().default(''),
    /** ms */
    msgtime: z.int().min(1).max(latestMs),
    msgtype: z.string(),
  })
  .loose();

export type ArchivedMessage = z.infer<typeof messageHead>;
