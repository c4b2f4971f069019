/** One row per token that instances share: sealed, until when it is used, and who is buying the next one. */
import type { SharedToken, TokenPlace, TokenStore } from '../work/shared-tokens.ts';
import { SKEW_MS } from '../work/skew.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const COLUMNS = ['tenant_id', 'account_id', 'name', 'sealed', 'used_until', 'renew_until'];
const WHERE = 'WHERE tenant_id = ? AND account_id = ? AND name = ?';
const keyOf = ({ tenantId, accountId, name }: TokenPlace) => [tenantId, accountId, name];

interface Row {
  sealed: string;
  used_until: number | string;
  renew_until: number | string;
}

export function createTokenStore(unitOfWork: UnitOfWork): TokenStore {
  const change = (sql: string, params: readonly (string | number)[]) =>
    unitOfWork.run((session) => session.execute(`UPDATE shared_token SET ${sql}`, params));

  return {
    read: (place) =>
      unitOfWork.read(async (session): Promise<SharedToken | null> => {
        const sql = `SELECT sealed, used_until, renew_until FROM shared_token ${WHERE}`;
        const [row] = await session.query<Row>(sql, keyOf(place));
        if (!row) return null;
        return { sealed: row.sealed, usedUntil: Number(row.used_until), renewUntil: Number(row.renew_until) };
      }),

    begin: (place, seen, buyer, now, until) =>
      unitOfWork.run(async (session) => {
        const sql = `UPDATE shared_token SET renewed_by = ?, renew_until = ? ${WHERE} AND sealed = ?
          AND (renew_until <= ? OR renew_until > ?)`;
        const take = () => session.execute(sql, [buyer, until, ...keyOf(place), seen, now, until + SKEW_MS]);
        if ((await take()) === 1) return true;
        // The first of all makes the row; where it is there already, somebody else was quicker.
        const made = await session.insertNew('shared_token', COLUMNS, [[...keyOf(place), '', 0, 0]]);
        return made === 1 && (await take()) === 1;
      }),

    async put(place, buyer, { sealed, usedUntil }) {
      const sql = `sealed = ?, used_until = ?, renewed_by = NULL, renew_until = 0 ${WHERE} AND renewed_by = ?`;
      await change(sql, [sealed, usedUntil, ...keyOf(place), buyer]);
    },

    async giveUp(place, buyer) {
      await change(`renewed_by = NULL, renew_until = 0 ${WHERE} AND renewed_by = ?`, [...keyOf(place), buyer]);
    },
  };
}
