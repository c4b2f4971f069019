/** `pull(seq, limit)`: records of the archive, decrypted. Two layers: our private keys, then the vendor's library. */
import type { ChannelLog } from '../../../src/channel/channel.ts';
import { isRecord, type JsonRecord } from '../json.ts';
import { ArchiveRefusal } from './failures.ts';
import type { KeyRing } from './keys.ts';
import { type Library, LibraryFailure } from './library.ts';
import { parseWire, readChatData, type SealedRecord } from './wire.ts';

export interface Page {
  /** What could be read, in order. */
  readonly messages: readonly JsonRecord[];
  /** Where to go on from, in digits: behind the last record that was dealt with. */
  readonly seq: string;
  /** There may be more at once. */
  readonly full: boolean;
  /** Records of this page that nobody will ever read, and that were passed over. */
  readonly unreadable: number;
  /** The key version that is missing, or does not fit; reading stopped in front of its first record. */
  readonly stoppedAtKey: number | null;
}

export interface Records {
  /** Records with a seq greater than the given one. Rejects with ArchiveRefusal or LibraryFailure; nothing is skipped then. */
  pull(seq: string, limit: number): Promise<Page>;
}

type Opened = { readonly kind: 'message'; readonly message: JsonRecord } | { readonly kind: 'unreadable' | 'key' };

/** So many records that kill the library in one page, or unreadable ones without a readable one, are no chance: it is the library. */
const tooMany = 3;

export function createRecords(library: Library, keys: KeyRing, log: ChannelLog): Records {
  let killers = 0;

  /** One record may crash the library; the second time it is passed over. */
  async function decrypt(key: string, message: string): Promise<string | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        const { code, text } = await library.decrypt(key, message);
        return code === 0 ? text : null;
      } catch (error) {
        const died = error instanceof LibraryFailure && (error.kind === 'crashed' || error.kind === 'hung');
        if (!died) throw error;
        if (tries < 2) continue;
        killers += 1;
        if (killers >= tooMany) throw error;
        return null;
      }
    }
  }

  async function open(record: SealedRecord, others: readonly SealedRecord[]): Promise<Opened> {
    const { publickey_ver: version, encrypt_random_key: sealedKey } = record;
    let opened = keys.open(version, sealedKey);
    if (!opened.ok && opened.reason === 'wrong') {
      // Is it the key or this one record? The next ones of the same version tell.
      for (const other of others.filter((one) => one.publickey_ver === version).slice(0, 5)) {
        if (keys.open(version, other.encrypt_random_key).ok) break;
      }
      opened = keys.open(version, sealedKey);
    }
    if (!opened.ok) {
      const lostForGood = opened.reason === 'broken' || (opened.reason === 'missing' && version < keys.newest());
      return { kind: lostForGood ? 'unreadable' : 'key' };
    }
    const text = await decrypt(opened.key, record.encrypt_chat_msg);
    try {
      const message: unknown = text === null ? null : parseWire(text);
      return isRecord(message) ? { kind: 'message', message } : { kind: 'unreadable' };
    } catch {
      return { kind: 'unreadable' };
    }
  }

  return {
    async pull(seq, limit) {
      const { code, text } = await library.pull(seq, limit);
      if (code !== 0) throw new ArchiveRefusal(code);
      const reply = readReply(text);
      if (reply.errcode !== 0) throw new ArchiveRefusal(reply.errcode);
      const sealed = reply.records;
      const messages: JsonRecord[] = [];
      let [at, unreadable, stoppedAtKey]: [string, number, number | null] = [seq, 0, null];
      killers = 0;
      for (const [index, record] of sealed.entries()) {
        const opened = await open(record, sealed.slice(index + 1));
        if (opened.kind === 'key') {
          stoppedAtKey = record.publickey_ver;
          break;
        }
        if (opened.kind === 'message') messages.push(opened.message);
        else unreadable += 1;
        at = record.seq;
      }
      if (unreadable >= tooMany && messages.length === 0) throw new ArchiveRefusal(10006);
      if (unreadable > 0) log.warn({ unreadable, seq: at }, 'wecom archive records passed over');
      return { messages, seq: at, full: sealed.length >= limit && stoppedAtKey === null, unreadable, stoppedAtKey };
    },
  };
}

/** 10002 is the library's own word for a reply it could not read. */
function readReply(text: string): ReturnType<typeof readChatData> {
  try {
    return readChatData(text);
  } catch {
    throw new ArchiveRefusal(10002);
  }
}
