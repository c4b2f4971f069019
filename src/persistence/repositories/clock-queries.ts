/** Questions about clocks, each bound to one company. */
import type { ClockQueries } from '../../crm/clock/clock-queries.ts';
import type { StageClockRow } from '../../crm/rows/clock.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

/** Ids in one statement: servers limit the number of parameters, SQLite's is 32,766. */
const MOST_IDS = 1_000;

/** Rows that one statement changes: on a server the way there and back costs more than the change. */
const TOGETHER = 50;
const CHANGED = ['stage', 'met_at', 'level', 'next_at', 'high_risk', 'policy_version'] as const;
/** Always the same, so that it is prepared once; fewer rows say the last one again. */
const WRITE_TOGETHER = `UPDATE stage_clock SET ${CHANGED.map(
  (column) => `${column} = CASE id ${'WHEN ? THEN ? '.repeat(TOGETHER)}ELSE ${column} END`,
).join(', ')}, version = version + 1 WHERE tenant_id = ? AND id IN (${Array(TOGETHER).fill('?').join(', ')})`;

async function writeTogether(session: Session, tenantId: string, clocks: readonly StageClockRow[]): Promise<void> {
  const last = clocks.at(-1);
  if (!last) return;
  const rows = Array.from({ length: TOGETHER }, (_, n) => clocks[n] ?? last);
  const values: readonly ((clock: StageClockRow) => SqlValue)[] = [
    ({ stage }) => stage,
    ({ metAt }) => metAt,
    ({ level }) => level,
    ({ nextAt }) => nextAt,
    ({ highRisk }) => Number(highRisk),
    ({ policyVersion }) => policyVersion,
  ];
  const cases = values.flatMap((of) => rows.flatMap((clock) => [clock.id, of(clock)]));
  await session.execute(WRITE_TOGETHER, [...cases, tenantId, ...rows.map(({ id }) => id)]);
}

export function createClockQueries(session: Session, tables: StoredTables, tenantId: string): ClockQueries {
  const { stageClock } = tables;
  const byIds = async <Row>(ids: readonly string[], select: (some: ReturnType<typeof among>) => Promise<Row[]>) => {
    const found: Row[] = [];
    const each = [...new Set(ids)];
    for (let at = 0; at < each.length; at += MOST_IDS)
      found.push(...(await select(among(each.slice(at, at + MOST_IDS)))));
    return found;
  };
  /** The next open rows of a table, with whether there is a clock. */
  async function openAfter(table: 'opportunity' | 'lead', after: string | null, limit: number) {
    if (after === null) return { bare: [], last: null };
    const rows = await session.query<{ id: string; open: string; clock: string | null }>(
      `SELECT t.id, t.status AS open, c.id AS clock FROM (
         SELECT tenant_id, id, status FROM \`${table}\` WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ?) t
       LEFT JOIN stage_clock c ON c.tenant_id = t.tenant_id AND c.id = t.id ORDER BY t.id`,
      [tenantId, after, limit],
    );
    const bare = rows.filter(({ open, clock }) => open === 'open' && clock === null).map(({ id }) => id);
    return { bare, last: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  }
  return {
    dueClocks: (now, limit) =>
      stageClock.select(`AND t.next_at <= ? ORDER BY t.next_at LIMIT ?${session.forUpdate}`, [now, limit]),

    async staleClocks(version, limit) {
      const older = await stageClock.select(`AND t.policy_version < ? LIMIT ?${session.forUpdate}`, [version, limit]);
      if (older.length === limit) return older;
      return [
        ...older,
        ...(await stageClock.select(`AND t.policy_version > ? LIMIT ?${session.forUpdate}`, [
          version,
          limit - older.length,
        ])),
      ];
    },

    async writeClocks(clocks) {
      for (let at = 0; at < clocks.length; at += TOGETHER)
        await writeTogether(session, tenantId, clocks.slice(at, at + TOGETHER));
    },

    async markStale(ids) {
      let marked = 0;
      for (let at = 0; at < ids.length; at += MOST_IDS) {
        const some = among(ids.slice(at, at + MOST_IDS));
        marked += await session.execute(
          `UPDATE stage_clock SET policy_version = 0, version = version + 1 WHERE tenant_id = ? AND id IN ${some.sql}`,
          [tenantId, ...some.params],
        );
      }
      return marked;
    },

    dealsByIds: (ids) => byIds(ids, ({ sql, params }) => tables.opportunity.select(`AND t.id IN ${sql}`, params)),
    leadsByIds: (ids) => byIds(ids, ({ sql, params }) => tables.lead.select(`AND t.id IN ${sql}`, params)),
    leavesOf: (ids, since) =>
      byIds(ids, ({ sql, params }) =>
        tables.leaveTime.select(`AND t.staff_id IN ${sql} AND t.until_at > ? AND t.ended_at IS NULL`, [
          ...params,
          since,
        ]),
      ),
    preferencesOf: (ids) =>
      byIds(ids, ({ sql, params }) => tables.staffPreference.select(`AND t.id IN ${sql}`, params)),
    helpersOf: (ids) =>
      byIds(ids, ({ sql, params }) => tables.collaborator.select(`AND t.customer_id IN ${sql}`, params)),
    profilesOf: (ids) => byIds(ids, ({ sql, params }) => tables.customerProfile.select(`AND t.id IN ${sql}`, params)),

    async insertAlerts(rows) {
      let added = 0;
      // A packet of rows; one statement on MySQL.
      for (let at = 0; at < rows.length; at += MOST_IDS)
        added += await tables.alert.insertNew(rows.slice(at, at + MOST_IDS));
      return added;
    },

    async insertClocks(rows) {
      return rows.length === 0 ? 0 : stageClock.insertNew(rows);
    },

    async withoutClock(after, limit) {
      const deals = await openAfter('opportunity', after.deal, limit);
      const leads = await openAfter('lead', after.lead, limit);
      return { deals: deals.bare, leads: leads.bare, deal: deals.last, lead: leads.last };
    },

    async lastTouch(of, kinds) {
      const [column, id] = 'customerId' in of ? ['customer_id', of.customerId] : ['lead_id', of.leadId];
      const instants: number[] = [];
      for (const kind of kinds) {
        if (kind === 'activity' && column === 'lead_id') continue;
        const [row] = await session.query<{ at: number | string | null }>(
          kind === 'activity'
            ? 'SELECT MAX(at) AS at FROM activity WHERE tenant_id = ? AND customer_id = ?'
            : `SELECT MAX(m.sent_at) AS at FROM chat c CROSS JOIN message m${session.byIndex('ix_message_chat_id_sent_at')}
                 ON m.tenant_id = c.tenant_id AND m.chat_id = c.id
               WHERE c.tenant_id = ? AND c.${column} = ? AND m.speaker = '${kind}'`,
          [tenantId, id],
        );
        if (row?.at != null) instants.push(Number(row.at));
      }
      return instants.length === 0 ? null : Math.max(...instants);
    },
  };
}
