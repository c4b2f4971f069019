/** One row of a company's own list of colleagues: who it is, and what the list says of them. */
import { fitName } from '../names.ts';
import type { StaffRole, StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { changeStaff } from './change-staff.ts';
import { choose, phoneIn } from './find-by-word.ts';
import { plainPhone } from './phone.ts';
import type { StaffDirectory } from './staff-directory.ts';
import { keepProfile } from './staff-profile.ts';

/** What is null is not in the list and stays as it is. */
export interface StaffListRow {
  readonly name: string;
  readonly phone: string | null;
  readonly role: StaffRole | null;
  readonly region: string | null;
  readonly productLines: readonly string[] | null;
}

export type ImportResult =
  | { readonly ok: true; readonly staffId: string; readonly how: 'added' | 'updated' }
  | { readonly ok: false; readonly reason: 'no_name' | 'phone_of_several' | 'name_of_several' };

/** By number; else by a name that only one colleague has whose number says nothing else; else somebody new. */
export async function importStaff(tx: Tx, directory: StaffDirectory, row: StaffListRow): Promise<ImportResult> {
  const name = fitName(row.name.trim());
  if (name === '') return { ok: false, reason: 'no_name' };
  const phone = plainPhone(row.phone);
  const byPhone = phone === null ? [] : directory.withPhone(phone);
  if (byPhone.length > 1) return { ok: false, reason: 'phone_of_several' };
  const sameName = byPhone.length === 1 ? [] : withoutOtherPhone(directory, name, phone);
  if (sameName.length > 1) return { ok: false, reason: 'name_of_several' };
  const known = byPhone[0] ?? sameName[0];
  const staff = known ?? (await employ(tx, name));
  directory.note(staff, phone);
  const { role, region, productLines } = row;
  const decision = {
    ...(role !== null && { role }),
    ...(region !== null && { region }),
    ...(productLines !== null && { productLines }),
    ...(phone !== null && { phone }),
  };
  await keepProfile(tx, staff.id, {});
  await changeStaff(tx, staff.id, decision, 'import');
  return { ok: true, staffId: staff.id, how: known === undefined ? 'added' : 'updated' };
}

export type SupervisorResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown_person' | 'several_people' | 'own_supervisor' };

/** When everybody of the list is there. `word`: a name, a number or an id. */
export async function importSupervisor(
  tx: Tx,
  directory: StaffDirectory,
  staffId: string,
  word: string,
): Promise<SupervisorResult> {
  const wanted = word.trim();
  const phone = phoneIn(wanted);
  const byPhone = phone === null ? [] : directory.withPhone(phone);
  const meant = choose(directory.get(wanted) ?? null, [...byPhone, ...directory.named(wanted)], 'at work');
  if (!meant.ok) return meant;
  if (meant.staff.id === staffId) return { ok: false, reason: 'own_supervisor' };
  await changeStaff(tx, staffId, { supervisorId: meant.staff.id }, 'import');
  return { ok: true };
}

/** Those of that name whose number is not another one. */
function withoutOtherPhone(directory: StaffDirectory, name: string, phone: string | null): readonly StaffRow[] {
  return directory.named(name).filter(({ id }) => phone === null || directory.phoneOf(id) === null);
}

function employ(tx: Tx, name: string): Promise<StaffRow> {
  const row = { name, role: 'sales', supervisorId: null, active: true, createdAt: tx.now } as const;
  return tx.staff.insert({ id: tx.newId(), ...row });
}
