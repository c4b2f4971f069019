/** What the bot and cards ask: who may see what, and who may change it. Seeing is not changing. */
import { holds, leads, scopeOf } from '../access/scope.ts';
import type { CustomerRow, StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

type Customer = Pick<CustomerRow, 'id' | 'ownerId'>;

/** True when `staff` may see what belongs to `ownerId`. */
export async function maySee(tx: Tx, staff: StaffRow, ownerId: string): Promise<boolean> {
  return staff.active && holds(await scopeOf(tx, staff), ownerId);
}

/** True when `staff` may see a customer: as the owner's own rights say, or as one who helps with it. */
export async function mayOpen(tx: Tx, staff: StaffRow, customer: Customer): Promise<boolean> {
  return (await maySee(tx, staff, customer.ownerId)) || helpsWith(tx, staff, customer);
}

/** True when `staff` may act on what belongs to `ownerId`, or take it away: the owner, and who is above them. */
export async function mayTakeFrom(tx: Tx, staff: StaffRow, ownerId: string): Promise<boolean> {
  return staff.active && leads(await scopeOf(tx, staff), ownerId);
}

/** True when `staff` may change a customer: who may take it, and who helps with it. */
export async function mayWorkOn(tx: Tx, staff: StaffRow, customer: Customer): Promise<boolean> {
  return (await mayTakeFrom(tx, staff, customer.ownerId)) || helpsWith(tx, staff, customer);
}

async function helpsWith(tx: Tx, staff: StaffRow, { id }: Customer): Promise<boolean> {
  return staff.active && (await tx.collaborator.find({ customerId: id, staffId: staff.id })) !== null;
}
