/** The conversation archive: what it keeps, numbered and sealed, and how the vendor's library hands it out. */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Message } from '../world.ts';
import type { Consent } from './consent.ts';
import { archiveMessage, isExternal } from './message.ts';
import { type SealedMessage, sealMessage } from './sealing.ts';

const DAYS_5 = 5 * 24 * 3600_000;
const NOTICE_EVERY_MS = 15_000;
const MAX_LIMIT = 1000;

/** One element of `chatdata`. `seq` goes beyond 2^53. */
export interface ArchiveRecord extends SealedMessage {
  readonly seq: bigint;
  readonly msgid: string;
  readonly publickey_ver: number;
}

export interface Archive {
  /** Every record that was ever made, older ones than five days included. */
  readonly records: readonly ArchiveRecord[];
  /** Uploads a public key (PEM) as its next version; storage starts with the first. Returns the version. */
  addPublicKey(pem: string): number;
  /** Keeps what was said, if the company archives one of those present and the outsiders agreed. */
  keep(message: Message): void;
  keepRecall(message: Message): void;
  /** Keeps any decrypted message as it is: unknown types, `switch`, control characters. Returns its msgid. */
  keepRaw(json: JsonObject | string, msgid?: string): string;
  /** What GetChatData returns: JSON text with records after `seq`, of the last five days. */
  pull(seq: bigint | number, limit: number): string;
  /** The next pulls answer with this code (10009 address, 10010 expired, 10001 network …) and no records. */
  failPulls(errcode: number, times?: number): void;
  /** Writes all records into a file, one JSON object per line, and appends new ones as they come. */
  mirrorTo(path: string): void;
}

/** One line of the export: an element of `chatdata`, ascending by seq; `seq` is a bare integer. */
export function recordLine({ seq, msgid, publickey_ver, encrypt_random_key, encrypt_chat_msg }: ArchiveRecord): string {
  const rest = { msgid, publickey_ver, encrypt_random_key, encrypt_chat_msg };
  return `{"seq":${seq},${JSON.stringify(rest).slice(1)}`;
}

export function createArchive(core: Core, consent: Consent, startSeq = 1n): Archive {
  const { clock, random, world, deliveries, events, options, journal } = core;
  const records: (ArchiveRecord & { readonly at: number })[] = [];
  const publicKeys: string[] = [];
  const mirrors: string[] = [];
  const failures: number[] = [];
  let nextSeq = startSeq;
  let noticedAt = Number.NEGATIVE_INFINITY;
  let noticePlanned = false;

  function notice(): void {
    noticedAt = clock.now();
    noticePlanned = false;
    deliveries.send(events.archiveNotice());
  }

  /** At most one notice in 15 seconds. */
  function ring(): void {
    const left = noticedAt + NOTICE_EVERY_MS - clock.now();
    if (left <= 0) notice();
    else if (!noticePlanned) {
      noticePlanned = true;
      clock.after(left, notice);
    }
  }

  function keepRaw(json: JsonObject | string, given?: string): string {
    const msgid = given ?? `${random.hex(32)}_external`;
    const pem = publicKeys.at(-1);
    if (pem === undefined || options.archive === null) return msgid;
    const content = typeof json === 'string' ? json : JSON.stringify(json);
    const sealed = sealMessage(content, pem, random);
    const record = { seq: nextSeq, msgid, publickey_ver: publicKeys.length, ...sealed };
    nextSeq += 1n;
    records.push({ ...record, at: clock.now() });
    for (const path of mirrors) appendFileSync(path, `${recordLine(record)}\n`);
    journal.touch();
    ring();
    return msgid;
  }

  function concerned(message: Message): boolean {
    const chat = world.chat(message.chatId);
    if (chat.kind === 'app' || chat.kind === 'bot' || chat.kind === 'kf') return false;
    const archived = [...chat.memberIds].some((id) => world.members.get(id)?.archived === true);
    return archived && consent.allows(chat, message.sender.id);
  }

  return {
    records,
    addPublicKey: (pem) => publicKeys.push(pem),
    keep(message) {
      if (concerned(message)) keepRaw(archiveMessage(world, message), archiveId(message));
    },
    keepRecall(message) {
      if (!concerned(message)) return;
      const { from, tolist, roomid } = archiveMessage(world, message);
      const msgid = `${random.hex(32)}${suffix(message)}`;
      const head = { msgid, action: 'recall', from, tolist, roomid, msgtime: clock.now(), msgtype: 'revoke' };
      keepRaw({ ...head, revoke: { pre_msgid: archiveId(message) } }, msgid);
    },
    keepRaw,
    pull(seq, limit) {
      const failure = failures.shift();
      if (failure !== undefined) return JSON.stringify({ errcode: failure, errmsg: 'refused on demand' });
      if (!(limit >= 1 && limit <= MAX_LIMIT)) return JSON.stringify({ errcode: 10000, errmsg: 'invalid limit' });
      const since = clock.now() - DAYS_5;
      const found = records.filter((record) => record.at > since && record.seq > BigInt(seq)).slice(0, limit);
      const lines = found.map(recordLine);
      return lines.length === 0
        ? '{"errcode":0,"errmsg":"ok"}'
        : `{"errcode":0,"errmsg":"ok","chatdata":[${lines.join(',')}]}`;
    },
    failPulls(errcode, times = 1) {
      for (let i = 0; i < times; i += 1) failures.push(errcode);
    },
    mirrorTo(path) {
      writeFileSync(path, records.map((record) => `${recordLine(record)}\n`).join(''));
      mirrors.push(path);
    },
  };

  function suffix({ chatId }: Message): string {
    return isExternal(world, chatId) ? '_external' : '';
  }

  function archiveId(message: Message): string {
    return `${message.messageId}${suffix(message)}`;
  }
}
