/** When every page of an address book is in: who reports to whom, who heads a department, who administers. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { OrganisationRun, SeenPerson } from './organisation-run.ts';
import { auditStaff, decidedByHand, lastDecision } from './staff-audit.ts';

/** Deeper than any company. */
const MOST_LEVELS = 20;

/** Departments that were not seen have gone; nobody is in them any more. */
export async function removeUnseenDepartments(tx: Tx, run: OrganisationRun): Promise<void> {
  for (const { id, externalId } of await tx.department.list({ accountId: run.accountId, removedAt: null })) {
    if (run.departments.has(externalId)) continue;
    await tx.department.update({ id }, { removedAt: tx.now });
  }
}

/** The first administrators of a company are those of its platform; later ones are named by people. */
export async function nameFirstAdmins(tx: Tx, run: OrganisationRun): Promise<number> {
  if (await tx.staff.find({ role: 'admin' })) return 0;
  const admins = [...run.people.values()].filter(({ admin, active }) => admin && active);
  for (const { staffId } of admins) await setRole(tx, staffId, 'admin');
  return admins.length;
}

/** `batch`: some of the people of the run. What people have decided by hand stays. */
export async function settlePlaces(tx: Tx, run: OrganisationRun, batch: readonly SeenPerson[]): Promise<void> {
  const leaders = leadersOf(run);
  for (const person of batch) {
    const staff = await tx.staff.get(person.staffId);
    if (!staff) continue;
    const supervisorId = (await named(tx, run, person)) ?? derived(run, leaders, person);
    if (supervisorId !== null && supervisorId !== staff.supervisorId) await setSupervisor(tx, staff, supervisorId);
    await settleRole(tx, staff);
  }
}

async function named(tx: Tx, run: OrganisationRun, person: SeenPerson): Promise<string | null> {
  if (person.supervisorExternalId === null) return null;
  const externalId = person.supervisorExternalId;
  const staffId =
    run.people.get(externalId)?.staffId ??
    (await tx.staffIdentity.find({ accountId: run.accountId, externalId }))?.staffId;
  return staffId === undefined || staffId === person.staffId ? null : staffId;
}

/** Who leads their department, else the one above it, and so on; nobody leads themselves. */
function derived(run: OrganisationRun, leaders: ReadonlyMap<string, string>, person: SeenPerson): string | null {
  for (const place of person.departments) {
    let at: string | null = place.externalId;
    for (let level = 0; at !== null && level < MOST_LEVELS; level += 1) {
      const leader = leaders.get(at);
      if (leader !== undefined && leader !== person.staffId) return leader;
      at = run.departments.get(at)?.parentExternalId ?? null;
    }
  }
  return null;
}

function leadersOf({ people }: OrganisationRun): ReadonlyMap<string, string> {
  const leaders = new Map<string, string>();
  for (const { staffId, active, departments } of people.values()) {
    for (const { externalId, leads } of departments) {
      if (leads && active && !leaders.has(externalId)) leaders.set(externalId, staffId);
    }
  }
  return leaders;
}

async function setSupervisor(tx: Tx, { id, supervisorId: from }: StaffRow, supervisorId: string): Promise<void> {
  if (await decidedByHand(tx, id, 'staff.supervisor')) return;
  await tx.staff.update({ id }, { supervisorId });
  if (from === null) return;
  await auditStaff(tx, { staffId: id, action: 'staff.supervisor', by: 'sync', detail: { from, to: supervisorId } });
}

/** Heads of departments are managers as long as they are heads; a supervisor without a department needs no role: the chain gives the rights. */
async function settleRole(tx: Tx, { id, role }: StaffRow): Promise<void> {
  if (role === 'admin') return;
  const leads = (await tx.staffDepartment.find({ staffId: id, leads: true })) !== null;
  if (leads === (role === 'manager')) return;
  const decided = await lastDecision(tx, id, 'staff.role');
  if (leads ? decided === null || decided === 'sync' : decided === 'sync') {
    await setRole(tx, id, leads ? 'manager' : 'sales');
  }
}

async function setRole(tx: Tx, staffId: string, role: StaffRow['role']): Promise<void> {
  await tx.staff.update({ id: staffId }, { role });
  await auditStaff(tx, { staffId, action: 'staff.role', by: 'sync', detail: { to: role } });
}
