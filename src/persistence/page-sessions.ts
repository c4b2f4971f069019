/** Who is signed in on which page; the key is a hash, so that whoever reads the table can sign in as nobody. */
import type { PageSession, PageSessions } from '../work/store.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

interface Row {
  readonly staff_id: string;
  readonly account_id: string;
  readonly signed_in_at: number | string;
  readonly created_at: number | string;
  readonly expires_at: number | string;
  readonly active: number;
}

const COLUMNS = ['tenant_id', 'id', 'staff_id', 'account_id', 'signed_in_at', 'created_at', 'expires_at'];

export function createPageSessions(unitOfWork: UnitOfWork): PageSessions {
  const execute = (sql: string, params: readonly (string | number)[]) =>
    unitOfWork.run((session) => session.execute(sql, params));
  return {
    create: (row) =>
      unitOfWork.run(async (session) => {
        if (!(await insert(session, row))) throw new Error('page session exists');
      }),

    find: (tenantId, id, now) =>
      unitOfWork.read(async (session) => {
        // By the whole primary key: the database compares hashes of secrets, and how long that takes tells nothing of them.
        const sql = `SELECT p.staff_id, p.account_id, p.signed_in_at, p.created_at, p.expires_at, s.active FROM page_session p
          JOIN staff s ON s.tenant_id = p.tenant_id AND s.id = p.staff_id
          WHERE p.tenant_id = ? AND p.id = ? AND p.expires_at > ?`;
        const [row] = await session.query<Row>(sql, [tenantId, id, now]);
        if (!row) return null;
        const times = {
          signedInAt: Number(row.signed_in_at),
          createdAt: Number(row.created_at),
          expiresAt: Number(row.expires_at),
        };
        const found = { tenantId, id, staffId: row.staff_id, accountId: row.account_id, ...times };
        return { session: found, staffActive: Number(row.active) === 1 };
      }),

    rotate: (old, next, oldUntil) =>
      unitOfWork.run(async (session) => {
        const sql = 'UPDATE page_session SET expires_at = ? WHERE tenant_id = ? AND id = ? AND expires_at = ?';
        const won = await session.execute(sql, [oldUntil, old.tenantId, old.id, old.expiresAt]);
        return won === 1 && insert(session, next);
      }),

    remove: (tenantId, id) => execute('DELETE FROM page_session WHERE tenant_id = ? AND id = ?', [tenantId, id]),
    removeAllOf: (tenantId, staffId) =>
      execute('DELETE FROM page_session WHERE tenant_id = ? AND staff_id = ?', [tenantId, staffId]),
    removeExpired: (now) => execute('DELETE FROM page_session WHERE expires_at <= ?', [now]),
  };
}

async function insert(session: Session, row: PageSession): Promise<boolean> {
  const values = [row.tenantId, row.id, row.staffId, row.accountId, row.signedInAt, row.createdAt, row.expiresAt];
  return (await session.insertNew('page_session', COLUMNS, [values])) === 1;
}
