/** Who works here, who of them administers, and how far the reading of the address books is. */
import type { StaffRow } from '../crm/rows/people.ts';
import { changeStaff } from '../crm/staff/change-staff.ts';
import { withoutPrograms } from '../crm/staff/service-token.ts';
import type { Tx } from '../crm/tx.ts';
import type { SetupPeopleView, SetupView } from '../http/contract/setup.ts';
import { organisationJobName } from '../scheduler/organisation-advice.ts';
import type { SetupChange, SetupContext } from './context.ts';

const SHOWN = 50;
/** A reading that has not ended by then ended with its process. */
const LONGEST_READING_MS = 30 * 60_000;

/** At most fifty active colleagues whose names contain `q`; programs are none. */
export async function listPeople(tx: Tx, q: string): Promise<SetupPeopleView> {
  const found = (await withoutPrograms(tx, await tx.staff.list({ active: true })))
    .filter(({ name }) => name.includes(q.trim()))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'))
    .slice(0, SHOWN);
  const items = found.map(async ({ id, name, role }) => ({ id, name, role, department: await departmentOf(tx, id) }));
  return { items: await Promise.all(items) };
}

/** Exactly these; whoever was one before is what their place in the company makes them. What programs may do, their tokens say. */
export async function setAdmins(tx: Tx, staffIds: readonly string[]): Promise<SetupChange> {
  const named = await Promise.all([...new Set(staffIds)].map((id) => tx.staff.get(id)));
  const chosen = await withoutPrograms(
    tx,
    named.flatMap((staff) => (staff?.active ? [staff] : [])),
  );
  if (chosen.length < named.length) return { ok: false, reason: 'unknown_staff' };
  for (const staff of await withoutPrograms(tx, await tx.staff.list({ role: 'admin' }))) {
    if (!staffIds.includes(staff.id))
      await changeStaff(tx, staff.id, { role: await ordinaryRole(tx, staff) }, 'command');
  }
  for (const staff of chosen) {
    if (staff.role !== 'admin') await changeStaff(tx, staff.id, { role: 'admin' }, 'command');
  }
  return { ok: true, anew: false };
}

export async function adminsOf(tx: Tx): Promise<SetupView['admins']> {
  const admins = await withoutPrograms(tx, await tx.staff.list({ role: 'admin', active: true }));
  return admins.map(({ id, name }) => ({ id, name }));
}

/** A colleague's id on the platform, null when they are not on it; what is no colleague's id is taken for the platform's own. */
export async function idOnPlatform(tx: Tx, accountId: string, who: string): Promise<string | null> {
  const identity = await tx.staffIdentity.find({ accountId, staffId: who });
  if (identity) return identity.externalId;
  return (await tx.staff.get(who)) === null ? who : null;
}

/** The readings of all connected platforms as one; null when there was none. `reading`: this process is at it. */
export async function readingOf(
  tx: Tx,
  { connected, platforms }: SetupContext,
  reading: boolean,
): Promise<SetupView['people']['sync']> {
  const last = await Promise.all(
    connected.map(async ({ account: { id, platform } }) => {
      const name = organisationJobName(id);
      const [job] = await tx.job.list({ name }, { orderBy: 'startedAt', descending: true, limit: 1 });
      return job ? [{ job, label: platforms.find((one) => one.name === platform)?.label ?? platform }] : [];
    }),
  );
  const jobs = last.flat();
  const done = jobs.reduce((sum, { job }) => sum + job.done, 0);
  if (reading || jobs.some(({ job }) => job.status === 'running' && tx.now - job.startedAt < LONGEST_READING_MS)) {
    return { status: 'running', done, note: null };
  }
  if (jobs.length === 0) return null;
  const notes = jobs.map(({ job, label }) => `${label}：${job.note ?? '没有完成，请再同步一次。'}`);
  return { status: jobs.every(({ job }) => job.status === 'done') ? 'done' : 'failed', done, note: notes.join('\n') };
}

async function departmentOf(tx: Tx, staffId: string): Promise<string | null> {
  const place = await tx.staffDepartment.find({ staffId });
  return (place && (await tx.department.get(place.departmentId))?.name) ?? null;
}

async function ordinaryRole(tx: Tx, { id }: StaffRow): Promise<StaffRow['role']> {
  return (await tx.staffDepartment.find({ staffId: id, leads: true })) ? 'manager' : 'sales';
}
