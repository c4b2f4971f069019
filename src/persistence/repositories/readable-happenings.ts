/** A customer's timeline: what was said, how deals moved and what colleagues noted, each read by its index and merged. */
import type { Happening, Place, Readable } from '../../crm/access/readable.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { SqlPart } from './statements.ts';
import type { StoredTables } from './tables.ts';

/** More chats than one customer has. */
const MOST_CHATS = 50;

/** `mayOpen`: the condition on the customer's row `u`. */
export function createHappenings(
  session: Session,
  tables: StoredTables,
  tenantId: string,
  mayOpen: SqlPart,
): Readable['happenings'] {
  const open = async (customerId: string): Promise<boolean> => {
    const rows = await session.query(
      `SELECT u.id FROM customer u WHERE u.tenant_id = ? AND u.id = ? AND u.withdrawn_at IS NULL AND ${mayOpen.sql}`,
      [tenantId, customerId, ...mayOpen.params],
    );
    return rows.length > 0;
  };

  /** Of each chat the newest: an index gives them in order, and a page needs no more. */
  const messages = async (customerId: string, limit: number, before: Place | null): Promise<Happening[]> => {
    const chats = await tables.chat.list({ customerId }, { descending: true, limit: MOST_CHATS });
    if (chats.length === 0) return [];
    const earlier = earlierThan('m.sent_at', 'm.id', before);
    const one = `SELECT * FROM (SELECT m.id AS id, m.sent_at AS at FROM message m
      WHERE m.tenant_id = ? AND m.chat_id = ? ${earlier.sql} ORDER BY m.sent_at DESC, m.id DESC LIMIT ?) c`;
    const found = await session.query<{ id: string }>(
      `SELECT x.id FROM (${chats.map((_, n) => one.replace(/c$/, `c${n}`)).join(' UNION ALL ')}) x ORDER BY x.at DESC, x.id DESC LIMIT ?`,
      [...chats.flatMap(({ id }) => [tenantId, id, ...earlier.params, limit]), limit],
    );
    const some = among(found.map(({ id }) => id));
    const rows = await tables.message.select(`AND t.id IN ${some.sql}`, some.params);
    const nameOf = new Map(chats.map(({ id, name }) => [id, name]));
    return rows.map((row) => ({ kind: 'message', at: row.sentAt, row, chatName: nameOf.get(row.chatId) ?? null }));
  };

  const moves = async (customerId: string, limit: number, before: Place | null): Promise<Happening[]> => {
    const deals = await tables.opportunity.list({ customerId });
    const some = among(deals.map(({ id }) => id));
    const earlier = earlierThan('t.at', 't.id', before);
    // Which they are, an index says by itself; the rows are read of those few.
    const newest = await session.query<{ id: string }>(
      `SELECT t.id FROM stage_change t${session.byIndex('ix_stage_change_opportunity_id_at_id')}
       WHERE t.tenant_id = ? AND t.opportunity_id IN ${some.sql} ${earlier.sql} ORDER BY t.at DESC, t.id DESC LIMIT ?`,
      [tenantId, ...some.params, ...earlier.params, limit],
    );
    const these = among(newest.map(({ id }) => id));
    const rows = await tables.stageChange.select(`AND t.id IN ${these.sql}`, these.params);
    const dealOf = new Map(deals.map((deal) => [deal.id, deal]));
    return rows.flatMap((row) => {
      const deal = dealOf.get(row.opportunityId);
      return deal ? [{ kind: 'stage' as const, at: row.at, row, deal }] : [];
    });
  };

  const notes = async (customerId: string, limit: number, before: Place | null): Promise<Happening[]> => {
    const earlier = earlierThan('t.at', 't.id', before);
    const rows = await tables.activity.select(
      `AND t.customer_id = ? ${earlier.sql} ORDER BY t.at DESC, t.id DESC LIMIT ?`,
      [customerId, ...earlier.params, limit],
    );
    return rows.map((row) => ({ kind: 'activity', at: row.at, row }));
  };

  return async (customerId, limit, before) => {
    if (!(await open(customerId))) return [];
    const all = [
      ...(await messages(customerId, limit, before)),
      ...(await moves(customerId, limit, before)),
      ...(await notes(customerId, limit, before)),
    ];
    return all.sort((a, b) => b.at - a.at || (a.row.id < b.row.id ? 1 : -1)).slice(0, limit);
  };
}

function earlierThan(at: string, id: string, before: Place | null): SqlPart {
  if (before === null) return { sql: '', params: [] };
  return { sql: `AND (${at} < ? OR (${at} = ? AND ${id} < ?))`, params: [before.at, before.at, before.id] };
}
