/** A phone that is tried on the form says whose customer it is: that is written down, and nobody tries many. */
import type { Desk } from '../access/desk.ts';
import type { AuditNote } from '../audit/audit.ts';
import { HOUR_MS } from '../calendar/spans.ts';
import { seesPhones } from './contacts.ts';
import type { Duplicate } from './duplicates.ts';

/** Answers about phones that the colleague is not shown, per colleague and hour. */
const MOST = 30;

export const TOO_MANY = `一小时内用电话查客户超过 ${MOST} 次，请过一会儿再试。急着录入可以先不填电话，或请主管帮忙。`;

/**
 * What is to be written down of this one when no customer is made of it; null when it is one too many, whatever was found.
 * That nobody has the phone is an answer, too: with the part of a number that is shown, the rest is soon tried out.
 */
export async function phoneLookup(desk: Desk, duplicates: readonly Duplicate[]): Promise<readonly AuditNote[] | null> {
  const { tx, me, scope } = desk;
  if ((await tx.queries.phoneLookups(me.id, tx.now - HOUR_MS)) >= MOST) return null;
  const byPhone = duplicates.filter(({ by }) => by === 'phone').map(({ customer }) => customer);
  const action = 'customer.phone_lookup';
  if (byPhone.length === 0) return scope.decides ? [] : [{ action, entity: 'staff', entityId: me.id }];
  return byPhone
    .filter(({ ownerId }) => !seesPhones(desk, ownerId))
    .map(({ id }) => ({ action, entity: 'customer', entityId: id }));
}
