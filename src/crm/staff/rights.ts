/** Who may see and act on what: the owner, everybody above them, managers and administrators, and who helps with a customer. */
import { holds, leads, scopeOf } from '../access/scope.ts';
import type { CustomerRow, StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** True when `staff` may see and act on what belongs to `ownerId`. */
export async function mayActFor(tx: Tx, staff: StaffRow, ownerId: string): Promise<boolean> {
  if (!staff.active) return false;
  return staff.id === ownerId || holds(await scopeOf(tx, staff), ownerId);
}

/** True when `staff` may see and work on a customer: as the owner's own rights say, or as one who helps with it. */
export async function mayWorkOn(
  tx: Tx,
  staff: StaffRow,
  customer: Pick<CustomerRow, 'id' | 'ownerId'>,
): Promise<boolean> {
  if (await mayActFor(tx, staff, customer.ownerId)) return true;
  if (!staff.active) return false;
  return (await tx.collaborator.find({ customerId: customer.id, staffId: staff.id })) !== null;
}

/** True when `staff` may take something away from its owner: the owner, and who is above them. Helping or seeing is not enough. */
export async function mayTakeFrom(tx: Tx, staff: StaffRow, ownerId: string): Promise<boolean> {
  return staff.active && leads(await scopeOf(tx, staff), ownerId);
}
