/** After complete readings: who is in no address book any more, or disabled in all of them, gets nothing and may do nothing. */
import { reseatApprovals } from '../approval/people-change.ts';
import type { Tx } from '../tx.ts';
import type { OrganisationRun } from './organisation-run.ts';
import { auditStaff } from './staff-audit.ts';
import { tellOfDeparture } from './tell-of-departure.ts';

export interface Readings {
  /** Accounts whose address book was read to the end, by id. */
  readonly complete: ReadonlyMap<string, OrganisationRun>;
  /** Accounts that are connected: what one does not say, or could not be asked, counts as still there. */
  readonly connected: readonly string[];
}

/** A reading that misses more than half of the people, and more than this many, is taken for a narrowed range. */
const FEW = 10;

/**
 * Nobody is deleted, and their customers stay theirs until somebody hands them over. Returns how many were made
 * inactive. Whoever was never listed (met in a chat, imported from a file) is left alone.
 */
export async function settleAbsent(tx: Tx, readings: Readings): Promise<number> {
  let gone = 0;
  for (const run of readings.complete.values()) {
    const listed = await onceListed(tx, run.accountId);
    const seen = new Set([...run.people.values()].map(({ staffId }) => staffId));
    const vanished = [...listed.keys()].filter((staffId) => !seen.has(staffId));
    if (vanished.length > FEW && vanished.length * 2 > listed.size) {
      run.problems.add(
        `通讯录里原有 ${listed.size} 位同事，这次少了 ${vanished.length} 位：像是应用的可见范围变小了，所以没有停用任何人，请检查可见范围。`,
      );
      continue;
    }
    const disabled = [...run.people.values()].filter(({ active }) => !active).map(({ staffId }) => staffId);
    for (const staffId of vanished) for (const id of listed.get(staffId) ?? []) await tx.staffDepartment.remove({ id });
    for (const staffId of new Set([...vanished, ...disabled])) {
      if (await deactivate(tx, readings, run.accountId, staffId)) gone += 1;
    }
  }
  return gone;
}

/** Memberships in departments of this account, by colleague. */
async function onceListed(tx: Tx, accountId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = new Map<string, string[]>();
  for (const { id: departmentId } of await tx.department.list({ accountId })) {
    for (const { id, staffId } of await tx.staffDepartment.list({ departmentId })) {
      listed.set(staffId, [...(listed.get(staffId) ?? []), id]);
    }
  }
  return listed;
}

async function deactivate(tx: Tx, readings: Readings, accountId: string, staffId: string): Promise<boolean> {
  const staff = await tx.staff.get(staffId);
  if (!staff?.active) return false;
  for (const identity of await tx.staffIdentity.list({ staffId })) {
    const elsewhere = readings.complete.get(identity.accountId);
    if (!elsewhere && readings.connected.includes(identity.accountId)) return false;
    if (elsewhere?.people.get(identity.externalId)?.active) return false;
  }
  await tx.staff.update({ id: staffId }, { active: false });
  await auditStaff(tx, { staffId, action: 'staff.deactivated', by: 'sync', detail: { accountId } });
  await reseatApprovals(tx, staffId);
  await tellOfDeparture(tx, accountId, staff);
  return true;
}
