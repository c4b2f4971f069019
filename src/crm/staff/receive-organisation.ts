/** One page of a platform's address book becomes departments and colleagues, in one transaction. */
import type { DepartmentFacts, OrganisationPage, StaffFacts } from '../../channel/organisation.ts';
import { fitName, NAMELESS } from '../names.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { OrganisationRun } from './organisation-run.ts';
import { recogniseColleague } from './recognise-colleague.ts';
import { auditStaff } from './staff-audit.ts';
import { keepProfile } from './staff-profile.ts';

/** Departments must come before who is in them. Supervisors and who has gone are settled when all pages are in. */
export async function receiveOrganisation(tx: Tx, run: OrganisationRun, page: OrganisationPage): Promise<void> {
  for (const facts of page.departments) await keepDepartment(tx, run, facts);
  for (const facts of page.staff) await keepColleague(tx, run, facts);
}

async function keepDepartment(tx: Tx, run: OrganisationRun, facts: DepartmentFacts): Promise<void> {
  const { accountId } = run;
  const { externalId, parentExternalId } = facts;
  const name = fitName(facts.name);
  const known = await tx.department.find({ accountId, externalId });
  if (known && (known.name !== name || known.parentExternalId !== parentExternalId || known.removedAt !== null)) {
    await tx.department.update({ id: known.id }, { name, parentExternalId, removedAt: null });
  }
  const row = { id: tx.newId(), accountId, externalId, name, parentExternalId, removedAt: null };
  const { id } = known ?? (await tx.department.insert(row));
  run.departments.set(externalId, { id, parentExternalId });
}

async function keepColleague(tx: Tx, run: OrganisationRun, facts: StaffFacts): Promise<void> {
  const { staff, met } = await recogniseColleague(tx, run, facts);
  await keepNameAndState(tx, staff, facts);
  await keepProfile(tx, staff.id, { phone: facts.phone, email: facts.email, jobRank: facts.title });
  const departments = facts.departments.filter(({ externalId }) => run.departments.has(externalId));
  await keepMemberships(tx, run, staff.id, departments);
  const { active, supervisorExternalId } = facts;
  const admin = facts.admin === true;
  run.people.set(facts.externalId, { staffId: staff.id, met, active, admin, supervisorExternalId, departments });
}

/** Who is disabled on one platform may work on another: that is settled when every platform has been read. */
async function keepNameAndState(tx: Tx, staff: StaffRow, facts: StaffFacts): Promise<void> {
  const name = facts.name.trim() === '' ? staff.name : fitName(facts.name.trim());
  const active = staff.active || facts.active;
  if (name === staff.name && active === staff.active) return;
  await tx.staff.update({ id: staff.id }, { name: name || NAMELESS.colleague, active });
  if (active !== staff.active) await auditStaff(tx, { staffId: staff.id, action: 'staff.reactivated', by: 'sync' });
}

async function keepMemberships(
  tx: Tx,
  run: OrganisationRun,
  staffId: string,
  places: readonly { readonly externalId: string; readonly leads: boolean }[],
): Promise<void> {
  const ours = new Set([...run.departments.values()].map(({ id }) => id));
  const wanted = new Map(places.map(({ externalId, leads }) => [run.departments.get(externalId)?.id ?? '', leads]));
  for (const { id, departmentId, leads } of await tx.staffDepartment.list({ staffId })) {
    // What is not in this reading is another platform's, or a department that has gone.
    if (!ours.has(departmentId) && (await tx.department.get(departmentId))?.accountId !== run.accountId) continue;
    const now = wanted.get(departmentId);
    wanted.delete(departmentId);
    if (now === undefined) await tx.staffDepartment.remove({ id });
    else if (now !== leads) await tx.staffDepartment.update({ id }, { leads: now });
  }
  for (const [departmentId, leads] of wanted)
    await tx.staffDepartment.insert({ id: tx.newId(), staffId, departmentId, leads });
}
