/** What a company is called and what its installation was told, read before there are transactions of use cases. */
import type { CompanyStore } from '../work/store.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export type CompanySettings = Pick<CompanyStore<Session>, 'companyName' | 'renameCompany' | 'settings'>;

export function createCompanySettings(unitOfWork: UnitOfWork): CompanySettings {
  return {
    async companyName(tenantId) {
      const sql = 'SELECT name FROM tenant WHERE id = ?';
      const rows = await unitOfWork.read((session) => session.query<{ name: string }>(sql, [tenantId]));
      return rows[0]?.name ?? '';
    },
    renameCompany: (tenantId, name) =>
      unitOfWork.run(async (session) => {
        await session.execute('UPDATE tenant SET name = ? WHERE id = ?', [name, tenantId]);
      }),
    async settings(tenantId) {
      const sql = 'SELECT id, value FROM setting WHERE tenant_id = ?';
      const rows = await unitOfWork.read((session) => session.query<{ id: string; value: string }>(sql, [tenantId]));
      return new Map(rows.map(({ id, value }) => [id, value]));
    },
  };
}
