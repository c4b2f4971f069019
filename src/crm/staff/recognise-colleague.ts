/** Whom an entry of an address book is about: somebody known here, somebody known on another platform, or somebody new. */
import type { StaffFacts } from '../../channel/organisation.ts';
import { fitName, NAMELESS } from '../names.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { OrganisationRun, SeenPerson } from './organisation-run.ts';
import { maskPhone, plainPhone } from './phone.ts';
import { auditStaff } from './staff-audit.ts';

export interface Recognised {
  readonly staff: StaffRow;
  readonly met: SeenPerson['met'];
}

/** By identity, else by a number that only one other colleague has, else somebody new who starts in sales. */
export async function recogniseColleague(tx: Tx, run: OrganisationRun, facts: StaffFacts): Promise<Recognised> {
  const { accountId } = run;
  const { externalId } = facts;
  const identity = await tx.staffIdentity.find({ accountId, externalId });
  const known = identity && (await tx.staff.get(identity.staffId));
  // An entry may come twice in one reading.
  if (known) return { staff: known, met: run.people.get(externalId)?.met ?? 'known' };
  const twin = await byPhone(tx, run, facts);
  const row = {
    name: fitName(facts.name.trim() || NAMELESS.colleague),
    role: 'sales',
    supervisorId: null,
    active: facts.active,
    createdAt: tx.now,
  } as const;
  const staff = twin ?? (await tx.staff.insert({ id: tx.newId(), ...row }));
  await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId, staffId: staff.id });
  if (twin) await auditStaff(tx, { staffId: staff.id, action: 'staff.linked', by: 'sync', detail: { accountId } });
  return { staff, met: twin ? 'linked' : 'added' };
}

async function byPhone(tx: Tx, run: OrganisationRun, facts: StaffFacts): Promise<StaffRow | null> {
  const phone = plainPhone(facts.phone);
  if (phone === null) return null;
  const fits: StaffRow[] = [];
  for (const { id } of await tx.staffProfile.list({ phone })) {
    const staff = await tx.staff.get(id);
    const here = await tx.staffIdentity.find({ accountId: run.accountId, staffId: id });
    // Numbers are given out again: whoever has left is meant only if the name is theirs, too.
    if (staff && (staff.active || staff.name === facts.name.trim()) && !here) fits.push(staff);
  }
  if (fits.length < 2) return fits[0] ?? null;
  const names = fits.map(({ name }) => name).join('、');
  run.problems.add(`${facts.name} 的手机号 ${maskPhone(phone)} 与 ${names} 都相同，没有自动关联，已按新同事登记。`);
  return null;
}
