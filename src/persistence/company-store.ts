/** Rows of the installation rather than of a deal: companies, platform accounts, policy versions, schedule ticks. */
import { NAMELESS } from '../crm/names.ts';
import { SKEW_MS } from '../work/skew.ts';
import type { CompanyStore as CompanyStorePort } from '../work/store.ts';
import { createCompanySettings } from './company-settings.ts';
import { createCursors } from './cursors.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { createUsageCounters } from './usage-counters.ts';

export type CompanyStore = CompanyStorePort<Session>;

export interface CompanyStoreDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly newId: () => string;
  readonly now: () => number;
  /** Whether this machine's clock agrees with the database's. */
  readonly clockAgrees: () => boolean;
}

/** The same in every installation, so that instances which start together on an empty database make one company. */
const FIRST_TENANT = '0'.repeat(26);

export function createCompanyStore(dependencies: CompanyStoreDependencies): CompanyStore {
  const { unitOfWork, newId, now, clockAgrees } = dependencies;
  const one = async <Row>(session: Session, sql: string, params: readonly (string | number)[] = []) =>
    (await session.query<Row>(sql, params))[0];
  const lastPolicy = async (session: Session, tenantId: string) => {
    const sql = 'SELECT version, document FROM policy_version WHERE tenant_id = ? ORDER BY version DESC LIMIT 1';
    const row = await one<{ version: number | string; document: string }>(session, sql, [tenantId]);
    return { version: Number(row?.version ?? 0), document: row?.document ?? null };
  };
  return {
    ...createCursors(unitOfWork, now, clockAgrees),
    ...createUsageCounters(unitOfWork),
    ...createCompanySettings(unitOfWork),
    firstTenant: () =>
      unitOfWork.run(async (session) => {
        const known = await one<{ id: string }>(session, 'SELECT id FROM tenant ORDER BY created_at, id LIMIT 1');
        if (known) return known.id;
        await session.insertNew('tenant', ['id', 'name', 'created_at'], [[FIRST_TENANT, NAMELESS.company, now()]]);
        return FIRST_TENANT;
      }),

    account: (tenantId, platform, appKey) =>
      unitOfWork.run(async (session) => {
        const columns = ['tenant_id', 'id', 'platform', 'app_key', 'created_at'];
        await session.insertNew('channel_account', columns, [[tenantId, newId(), platform, appKey, now()]]);
        const sql =
          'SELECT id, external_tenant FROM channel_account WHERE tenant_id = ? AND platform = ? AND app_key = ?';
        const row = await one<{ id: string; external_tenant: string | null }>(session, sql, [
          tenantId,
          platform,
          appKey,
        ]);
        if (!row) throw new Error('channel account vanished');
        return { id: row.id, tenantId, platform, appKey, externalTenant: row.external_tenant };
      }),

    pinExternalTenant: (account, externalTenant) =>
      unitOfWork.run(async (session) => {
        await session.execute(
          'UPDATE channel_account SET external_tenant = ? WHERE tenant_id = ? AND id = ? AND external_tenant IS NULL',
          [externalTenant, account.tenantId, account.id],
        );
        const sql = 'SELECT external_tenant AS pinned FROM channel_account WHERE tenant_id = ? AND id = ?';
        return (await one<{ pinned: string }>(session, sql, [account.tenantId, account.id]))?.pinned ?? externalTenant;
      }),

    async policyPointer(session, tenantId) {
      const row = await one<{ version: number | string }>(
        session,
        'SELECT version FROM policy_pointer WHERE tenant_id = ?',
        [tenantId],
      );
      return row ? Number(row.version) : null;
    },

    async policyDocument(session, tenantId, version) {
      const sql = 'SELECT document FROM policy_version WHERE tenant_id = ? AND version = ?';
      return (await one<{ document: string }>(session, sql, [tenantId, version]))?.document ?? null;
    },

    publishPolicy: (tenantId, document, source) =>
      unitOfWork.run(async (session) => {
        const last = await lastPolicy(session, tenantId);
        // Another instance that began together with us may have published it a moment ago.
        let version = last.document === document ? last.version : last.version + 1;
        const columns = ['tenant_id', 'version', 'document', 'source', 'created_at'];
        while (version !== last.version) {
          const row = [tenantId, version, document, source, now()];
          if ((await session.insertNew('policy_version', columns, [row])) === 1) break;
          // Another instance published meanwhile. Several that start together publish the same: once is enough.
          const theirs = await lastPolicy(session, tenantId);
          if (theirs.document === document) return theirs.version;
          version = theirs.version + 1;
        }
        const moved = await session.execute('UPDATE policy_pointer SET version = ? WHERE tenant_id = ?', [
          version,
          tenantId,
        ]);
        if (moved === 0) await session.insertNew('policy_pointer', ['tenant_id', 'version'], [[tenantId, version]]);
        return version;
      }),

    claimTick: (task, fireAt, owner) =>
      unitOfWork.run(async (session) => {
        // Claimed by a clock that has since been put back: nothing would be done until that time comes again. Not so if ours is behind.
        if (clockAgrees())
          await session.execute('DELETE FROM schedule_tick WHERE task = ? AND fire_at > ?', [task, fireAt + SKEW_MS]);
        const columns = ['task', 'fire_at', 'claimed_by'];
        return (await session.insertNew('schedule_tick', columns, [[task, fireAt, owner]])) === 1;
      }),

    forgetTicks: (before) =>
      unitOfWork.run(async (session) => {
        await session.execute('DELETE FROM schedule_tick WHERE fire_at < ?', [before]);
      }),
  };
}
