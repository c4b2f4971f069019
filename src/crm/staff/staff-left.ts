/** A colleague left the company: they get nothing any more and may do nothing; their customers and their records stay. */
import type { StaffLeftEvent } from '../../channel/event.ts';
import { reseatApprovals } from '../approval/people-change.ts';
import type { Tx } from '../tx.ts';
import { findStaff } from './known-staff.ts';
import { auditStaff } from './staff-audit.ts';
import { tellOfDeparture } from './tell-of-departure.ts';

export async function staffLeft(tx: Tx, accountId: string, event: StaffLeftEvent): Promise<void> {
  const staff = await findStaff(tx, accountId, event.person);
  if (!staff?.active) return;
  await tx.staff.update({ id: staff.id }, { active: false });
  await auditStaff(tx, { staffId: staff.id, action: 'staff.deactivated', by: 'platform', detail: { accountId } });
  await reseatApprovals(tx, staff.id);
  await tellOfDeparture(tx, accountId, staff);
}
