/** A phone that is tried on the form says whose customer it is: that is written down, and nobody tries many. */
import type { Desk } from '../access/desk.ts';
import type { AuditNote } from '../audit/audit.ts';
import type { Duplicate } from './duplicates.ts';

/** Answers about customers of others, per colleague and hour. */
const MOST = 30;
const HOUR_MS = 3_600_000;

export const TOO_MANY = `一小时内用电话查到别人的客户超过 ${MOST} 次，请过一会儿再试。急着录入可以先不填电话，或请主管帮忙。`;

/** What is to be written down of this one; null when it is one too many, whatever was found. */
export async function phoneLookup(
  { tx, me, see }: Desk,
  duplicates: readonly Duplicate[],
): Promise<readonly AuditNote[] | null> {
  if ((await tx.queries.phoneLookups(me.id, tx.now - HOUR_MS)) >= MOST) return null;
  const byPhone = duplicates.filter(({ by }) => by === 'phone').map(({ customer }) => customer.id);
  const visible = await see.visible(byPhone);
  return byPhone
    .filter((id) => !visible.has(id))
    .map((entityId) => ({ action: 'customer.phone_lookup', entity: 'customer', entityId }));
}
