/** Where a signed-in colleague works: what they may see, and a place to write down what they saw and changed. */
import type { AuditNote } from '../audit/audit.ts';
import type { CustomerRow, StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { Readable } from './readable.ts';
import { leads, scopeOf } from './scope.ts';
import type { Scope } from './scope-shape.ts';

export interface Desk {
  readonly tx: Tx;
  readonly me: StaffRow;
  /** The account by whose platform they signed in. */
  readonly accountId: string;
  readonly scope: Scope;
  readonly see: Readable;
  /** Whether they may change the customer: whoever decides over it, and who helps with it. Seeing it is not enough. */
  mayWork(customer: Pick<CustomerRow, 'id' | 'ownerId'>): Promise<boolean>;
  /** Whether they may rename, merge and give away what belongs to `ownerId`: the owner, those above, administrators. */
  mayTake(ownerId: string): boolean;
  /** Written down by whoever opened the desk, before anybody gets an answer. */
  readonly notes: AuditNote[];
}

/** Null when the colleague is gone. */
export async function openDesk(
  tx: Tx,
  actor: { readonly staffId: string; readonly accountId: string },
): Promise<Desk | null> {
  const me = await tx.staff.get(actor.staffId);
  if (!me?.active) return null;
  const scope = await scopeOf(tx, me);
  const mayTake = (ownerId: string) => leads(scope, ownerId);
  return {
    ...{ tx, me, accountId: actor.accountId, scope, see: tx.readable(scope), notes: [], mayTake },
    mayWork: async ({ id, ownerId }) =>
      mayTake(ownerId) || (await tx.collaborator.find({ customerId: id, staffId: me.id })) !== null,
  };
}

/** An expected refusal; `reason` is a code of the contract, `detail` a Chinese sentence where the code alone says too little. */
export interface Refused<More = undefined> {
  readonly ok: false;
  readonly reason: string;
  readonly detail?: string;
  readonly more?: More;
  /** What is written down although it was refused. */
  readonly notes?: readonly AuditNote[];
}

export type Done<Value> = { readonly ok: true; readonly value: Value } | Refused;

export const done = <Value>(value: Value): Done<Value> => ({ ok: true, value });
export const refused = (reason: string, detail?: string): Refused =>
  detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
