/** A colleague left the company: they get nothing any more and may do nothing; their customers and their records stay. */
import type { StaffLeftEvent } from '../../channel/event.ts';
import type { Tx } from '../tx.ts';
import { findStaff } from './known-staff.ts';

export async function staffLeft(tx: Tx, accountId: string, event: StaffLeftEvent): Promise<void> {
  const staff = await findStaff(tx, accountId, event.person);
  if (staff) await tx.staff.update({ id: staff.id }, { active: false });
}
