/** What people decide about a colleague: role, supervisor, region, product lines. The address book does not change it back. */
import type { StaffRole } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { auditStaff, type StaffChange } from './staff-audit.ts';
import { keepProfile } from './staff-profile.ts';

export interface StaffDecision {
  readonly role?: StaffRole;
  readonly supervisorId?: string;
  readonly region?: string;
  readonly productLines?: readonly string[];
  readonly phone?: string;
}

export async function changeStaff(
  tx: Tx,
  staffId: string,
  { role, supervisorId, region, productLines, phone }: StaffDecision,
  by: Extract<StaffChange['by'], 'import' | 'command'>,
): Promise<void> {
  if (role !== undefined) {
    await tx.staff.update({ id: staffId }, { role });
    await auditStaff(tx, { staffId, action: 'staff.role', by, detail: { to: role } });
  }
  if (supervisorId !== undefined) {
    await tx.staff.update({ id: staffId }, { supervisorId });
    await auditStaff(tx, { staffId, action: 'staff.supervisor', by, detail: { to: supervisorId } });
  }
  const given = {
    ...(region !== undefined && { region }),
    ...(productLines !== undefined && { productLines: [...productLines] }),
    ...(phone !== undefined && { phone }),
  };
  const fields = Object.keys(given);
  if (fields.length > 0 && (await keepProfile(tx, staffId, given))) {
    await auditStaff(tx, { staffId, action: 'staff.profile', by, detail: { fields } });
  }
}
