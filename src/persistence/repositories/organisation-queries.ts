/** Questions about the organisation, each bound to one company. */
import type { DepartmentPlace, OrganisationQueries } from '../../crm/access/organisation-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createOrganisationQueries(
  session: Session,
  tables: StoredTables,
  tenantId: string,
): OrganisationQueries {
  return {
    reportingLines: () =>
      session.query(
        'SELECT id, supervisor_id AS supervisorId FROM staff WHERE tenant_id = ? AND supervisor_id IS NOT NULL',
        [tenantId],
      ),

    async memberships(staffId) {
      const rows = await session.query<{ departmentId: string; leads: number | boolean }>(
        'SELECT department_id AS departmentId, leads FROM staff_department WHERE tenant_id = ? AND staff_id = ?',
        [tenantId, staffId],
      );
      return rows.map(({ departmentId, leads }) => ({ departmentId, leads: Boolean(leads) }));
    },

    departmentTree: () =>
      session.query<DepartmentPlace>(
        `SELECT id, account_id AS accountId, external_id AS externalId, parent_external_id AS parentExternalId
         FROM department WHERE tenant_id = ? AND removed_at IS NULL`,
        [tenantId],
      ),

    async membersOf(departmentIds) {
      const some = among(departmentIds);
      const rows = await session.query<{ id: string }>(
        `SELECT DISTINCT staff_id AS id FROM staff_department WHERE tenant_id = ? AND department_id IN ${some.sql}`,
        [tenantId, ...some.params],
      );
      return rows.map(({ id }) => id);
    },

    regionsAndLines: () => tables.staffProfile.select('', []),

    async staffNames(ids) {
      if (ids.length === 0) return new Map();
      const some = among([...new Set(ids)]);
      const rows = await session.query<{ id: string; name: string }>(
        `SELECT id, name FROM staff WHERE tenant_id = ? AND id IN ${some.sql}`,
        [tenantId, ...some.params],
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}
