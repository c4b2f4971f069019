/** Who has which service session, and giving waiting ones to people. https://developer.work.weixin.qq.com/document/path/94669 */
import { isRefusedWith } from '../api-failure.ts';
import type { WecomClient } from '../client.ts';
import { field, recordsField, textField } from '../json.ts';

export interface Sessions {
  /** True when nobody has it and it is not over: new, with the assistant, or in the pool. Asks the platform, unless it just did. */
  isWaiting(openKfId: string, outsiderId: string): Promise<boolean>;
  /** Somebody took it, or it ended. */
  held(openKfId: string, outsiderId: string): void;
  ended(openKfId: string, outsiderId: string): void;
  /** Rows of this account were read elsewhere: what we believed to be held may have ended. */
  doubt(openKfId: string): void;
  /** Customers whom we had to leave in the pool of this account. */
  pooled(openKfId: string): readonly string[];
  /** The first of these colleagues who can take it, or who has it already; null: it is in the pool, or over. */
  assign(openKfId: string, outsiderId: string, staffIds: readonly string[]): Promise<string | null>;
}

const inPool = 2;
const withPerson = 3;
const over = 4;
/** Not on the account's staff or not activated · stopped receiving · outside the visible range · unknown. */
const cannotTake = [95014, 95019, 60030, 60111, 40003];
/** Ended meanwhile · the state does not allow it (somebody else was faster). */
const changed = [95013, 95016];
/** Ended and handed-over sessions are told by events; ended by time (48 h) they are not. */
const heldForMs = 30 * 60_000;
const mostRemembered = 10_000;

export function createSessions(client: WecomClient, now: () => number): Sessions {
  const heldUntil = new Map<string, number>();
  const pool = new Map<string, Set<string>>();
  const keyOf = (openKfId: string, outsiderId: string): string => `${openKfId}:${outsiderId}`;
  const poolOf = (openKfId: string): Set<string> => {
    const known = pool.get(openKfId) ?? new Set();
    pool.set(openKfId, known);
    return known;
  };

  async function look(openKfId: string, outsiderId: string): Promise<{ state: number; servicerId: string | null }> {
    const reply = await client.post('kf/service_state/get', { open_kfid: openKfId, external_userid: outsiderId });
    const state = field(reply, 'service_state');
    return { state: typeof state === 'number' ? state : over, servicerId: textField(reply, 'servicer_userid') };
  }

  function held(openKfId: string, outsiderId: string): void {
    if (heldUntil.size > mostRemembered) heldUntil.clear();
    heldUntil.set(keyOf(openKfId, outsiderId), now() + heldForMs);
    poolOf(openKfId).delete(outsiderId);
  }

  function ended(openKfId: string, outsiderId: string): void {
    heldUntil.delete(keyOf(openKfId, outsiderId));
    poolOf(openKfId).delete(outsiderId);
  }

  /** Those who stopped receiving; whoever is not listed is still tried, because departments are listed unexpanded. */
  async function stopped(openKfId: string): Promise<ReadonlySet<string>> {
    const reply = await client.get('kf/servicer/list', { open_kfid: openKfId });
    const away = recordsField(reply, 'servicer_list').filter(({ status }) => status === 1);
    return new Set(away.flatMap((servicer) => textField(servicer, 'userid') ?? []));
  }

  async function move(openKfId: string, outsiderId: string, to: { state: number; servicerId?: string }): Promise<void> {
    await client.post('kf/service_state/trans', {
      open_kfid: openKfId,
      external_userid: outsiderId,
      service_state: to.state,
      ...(to.servicerId === undefined ? {} : { servicer_userid: to.servicerId }),
    });
  }

  async function give(
    openKfId: string,
    outsiderId: string,
    staffIds: readonly string[],
    state: number,
  ): Promise<string | null> {
    const away = await stopped(openKfId);
    for (const servicerId of staffIds.filter((id) => !away.has(id))) {
      try {
        await move(openKfId, outsiderId, { state: withPerson, servicerId });
        held(openKfId, outsiderId);
        return servicerId;
      } catch (error) {
        if (!isRefusedWith(error, ...cannotTake)) throw error;
      }
    }
    if (state !== inPool) await move(openKfId, outsiderId, { state: inPool });
    poolOf(openKfId).add(outsiderId);
    return null;
  }

  return {
    held,
    ended,
    doubt(openKfId) {
      for (const key of heldUntil.keys()) if (key.startsWith(keyOf(openKfId, ''))) heldUntil.delete(key);
    },
    pooled: (openKfId) => [...poolOf(openKfId)],
    async isWaiting(openKfId, outsiderId) {
      if ((heldUntil.get(keyOf(openKfId, outsiderId)) ?? 0) > now()) return false;
      const { state } = await look(openKfId, outsiderId);
      if (state === withPerson) held(openKfId, outsiderId);
      return state < withPerson;
    },
    async assign(openKfId, outsiderId, staffIds) {
      for (let tries = 0; ; tries += 1) {
        const { state, servicerId } = await look(openKfId, outsiderId);
        if (state === withPerson) held(openKfId, outsiderId);
        if (state === over) ended(openKfId, outsiderId);
        if (state === withPerson || state === over) return servicerId;
        try {
          return await give(openKfId, outsiderId, staffIds, state);
        } catch (error) {
          if (tries > 0 || !isRefusedWith(error, ...changed)) throw error;
        }
      }
    },
  };
}
