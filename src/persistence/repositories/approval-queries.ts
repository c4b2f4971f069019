/** Questions about approvals, each bound to one company. */
import type { ApprovalBox, ApprovalQueries } from '../../crm/approval/approval-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

const SEATS: Readonly<Record<Exclude<ApprovalBox, 'mine'>, string>> = {
  to_decide: `s.state = 'open'`,
  decided: `s.state IN ('approved', 'rejected')`,
};

export function createApprovalQueries(session: Session, tables: StoredTables, tenantId: string): ApprovalQueries {
  const ids = async (sql: string, params: readonly (string | number)[]) =>
    (await session.query<{ id: string }>(sql, [...params])).map(({ id }) => id);
  return {
    approvalsIn(box, staffId, limit, before) {
      const older = before === null ? '' : 'AND t.id < ?';
      const place = before === null ? [limit] : [before, limit];
      if (box === 'mine')
        return tables.approval.select(`AND t.submitter_id = ? ${older} ORDER BY t.id DESC LIMIT ?`, [
          staffId,
          ...place,
        ]);
      return tables.approval.select(
        `AND t.id IN (SELECT s.approval_id FROM approval_seat s
           WHERE s.tenant_id = ? AND s.staff_id = ? AND ${SEATS[box]}) ${older} ORDER BY t.id DESC LIMIT ?`,
        [tenantId, staffId, ...place],
      );
    },

    lapsedApprovals: (now, limit) =>
      ids(
        `SELECT approval_id AS id FROM approval_step
         WHERE tenant_id = ? AND state = 'open' AND due_at <= ? ORDER BY due_at LIMIT ?`,
        [tenantId, now, limit],
      ),

    approvalsWaitingFor: (staffId) =>
      ids(
        `SELECT DISTINCT approval_id AS id FROM approval_seat WHERE tenant_id = ? AND staff_id = ? AND state = 'open'`,
        [tenantId, staffId],
      ),

    async approvalParts(approvalIds) {
      const some = among(approvalIds);
      const of = `AND t.approval_id IN ${some.sql} ORDER BY t.position`;
      return {
        steps: await tables.approvalStep.select(of, some.params),
        seats: await tables.approvalSeat.select(of, some.params),
      };
    },

    standInsAt: (now) =>
      tables.standIn.select(
        'AND t.until_at > ? AND t.from_at <= ? AND t.ended_at IS NULL ORDER BY t.created_at, t.id',
        [now, now],
      ),
  };
}
