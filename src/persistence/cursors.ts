/** Sources that are pulled: how far each account has come, and whose turn it is to pull. */
import { SKEW_MS } from '../work/skew.ts';
import type { AccountRecord } from '../work/store.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Nobody's turn is longer. */
const LONGEST_TURN_MS = 10 * 60_000;

const COLUMNS = ['tenant_id', 'account_id', 'name'];
const WHERE = 'tenant_id = ? AND account_id = ? AND name = ?';
const keyOf = (account: AccountRecord, name: string) => [account.tenantId, account.id, name];

export function createCursors(unitOfWork: UnitOfWork, now: () => number, clockAgrees: () => boolean) {
  return {
    cursor: (account: AccountRecord, name: string): Promise<string | null> =>
      unitOfWork.read(async (session) => {
        const [row] = await session.query<{ value: string | null }>(
          `SELECT value FROM channel_cursor WHERE ${WHERE}`,
          keyOf(account, name),
        );
        return row?.value ?? null;
      }),

    async moveCursor(session: Session, account: AccountRecord, name: string, value: string): Promise<void> {
      const moved = await session.execute(`UPDATE channel_cursor SET value = ? WHERE ${WHERE}`, [
        value,
        ...keyOf(account, name),
      ]);
      if (moved === 0)
        await session.insertNew('channel_cursor', [...COLUMNS, 'value'], [[...keyOf(account, name), value]]);
    },

    takeTurn: (account: AccountRecord, name: string, holder: string, until: number): Promise<boolean> =>
      unitOfWork.run(async (session) => {
        const key = keyOf(account, name);
        // A turn that ends later than any does was given by a clock that has since been put back, or ours is behind.
        const sql = `UPDATE channel_cursor SET holder = ?, held_until = ? WHERE ${WHERE}
          AND (holder IS NULL OR holder = ? OR held_until <= ? OR held_until > ?)`;
        const at = now();
        const over = [at, clockAgrees() ? at + LONGEST_TURN_MS + SKEW_MS : Number.MAX_SAFE_INTEGER];
        const take = async () => (await session.execute(sql, [holder, until, ...key, holder, ...over])) === 1;
        // It is there, but for the very first time.
        if (await take()) return true;
        return (await session.insertNew('channel_cursor', COLUMNS, [key])) === 1 && take();
      }),
  };
}
