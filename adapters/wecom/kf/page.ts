/** Turns one page of an account's log into what is stored of it. */
import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import { serviceChat } from '../chats.ts';
import { isRecord, type Json, type JsonRecord, recordsField } from '../json.ts';
import type { StoredRow, StoredWait } from './normalise.ts';
import { type Row, readRow, recalledId, sessionNews } from './rows.ts';
import type { Sessions } from './sessions.ts';

export interface PageReader {
  /** In the order in which it was said; what was said before `since` (ms) is history. Never rejects. */
  read(page: JsonRecord, since: number): Promise<readonly InboundEvent[]>;
  /** Pages in between were read by another instance. */
  missed(): void;
}

const fromCustomer = 3;
const fromColleague = 5;
/** Ids of recalled messages that may still come, as rows are not promised to be in order. */
const mostTombstones = 2_000;

export function createPageReader(account: string, sessions: Sessions): PageReader {
  const recalled = new Set<string>();

  return {
    missed: () => sessions.doubt(account),
    async read(page, since) {
      const rows = recordsField(page, 'msg_list')
        .flatMap((raw): { raw: JsonRecord; row: Row }[] => {
          const row = readRow(raw, account);
          return row === null ? [] : [{ raw, row }];
        })
        .sort((a, b) => a.row.at - b.row.at);
      for (const { row } of rows) {
        const id = recalledId(row);
        if (id !== null) recalled.add(id);
      }
      const events = rows.flatMap(({ raw, row }) => storedRow(raw, row, since) ?? []);
      const waits = await waiting(rows.map(({ row }) => row));
      for (const id of recalled) {
        if (recalled.size <= mostTombstones) break;
        recalled.delete(id);
      }
      return [...events, ...waits];
    },
  };

  function storedRow(raw: JsonRecord, row: Row, since: number): InboundEvent | null {
    const said = row.type !== 'event' && (row.origin === fromCustomer || row.origin === fromColleague);
    if (row.outsiderId === null || !(said || recalledId(row) !== null)) return null;
    // Taken back before we had it: that somebody wrote is kept, what they wrote is not.
    const kept = recalled.has(row.id) ? withoutWords(raw, row.type) : raw;
    const payload: StoredRow = { liaodan: 'kf', account, row: kept, ...(row.at < since ? { history: true } : {}) };
    return { eventKey: keyOf(`msg:${row.id}`), orderKey: chatOf(row.outsiderId), payload: JSON.stringify(payload) };
  }

  /** A session that nobody has is announced once per page, by the customer's last words in it. */
  async function waiting(rows: readonly Row[]): Promise<readonly InboundEvent[]> {
    const last = new Map<string, Row>();
    for (const row of rows) {
      const news = sessionNews(row);
      if (news?.kind === 'held') sessions.held(account, news.outsiderId);
      if (news?.kind === 'ended') sessions.ended(account, news.outsiderId);
      if (news?.kind === 'receiving') for (const id of sessions.pooled(account)) last.set(id, row);
      if (row.type !== 'event' && row.origin === fromCustomer && row.outsiderId) last.set(row.outsiderId, row);
    }
    const events: InboundEvent[] = [];
    for (const [outsiderId, row] of last) {
      if (!(await sessions.isWaiting(account, outsiderId).catch(lookLater))) continue;
      const id = keyOf(row.outsiderId === outsiderId ? `wait:${row.id}` : `wait:${row.id}:${outsiderId}`);
      const payload: StoredWait = { liaodan: 'kf', account, waiting: { id, outsiderId, at: row.at } };
      events.push({ eventKey: id, orderKey: chatOf(outsiderId), payload: JSON.stringify(payload) });
    }
    return events;
  }

  function chatOf(outsiderId: string): string {
    return serviceChat(account, outsiderId).id;
  }
}

function withoutWords(raw: JsonRecord, type: string): JsonRecord {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]): [string, Json] => [name, name === type && isRecord(value) ? {} : value]),
  );
}

/** Words are not held up by a question that failed: whoever assigns the session looks again. */
const lookLater = (): boolean => true;

/** The platform does not say how long its ids can be; ours end at 128 characters. */
function keyOf(key: string): string {
  return key.length <= 128 ? key : createHash('sha256').update(key).digest('hex');
}
