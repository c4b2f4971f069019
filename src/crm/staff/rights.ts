/** Who may see and decide what: the owner, everybody above them, and managers and administrators. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { chainOf } from './stand-in.ts';

/** True when `staff` may see and act on what belongs to `ownerId`. */
export async function mayActFor(tx: Tx, staff: StaffRow, ownerId: string): Promise<boolean> {
  if (!staff.active) return false;
  if (staff.role !== 'sales') return true;
  for await (const { id } of chainOf(tx, ownerId)) if (id === staff.id) return true;
  return false;
}
