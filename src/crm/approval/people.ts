/** The organisation as it stands in this transaction, as seats are given by it. */
import { HOUR_MS } from '../calendar/spans.ts';
import type { Tx } from '../tx.ts';
import type { Now } from './course.ts';
import type { People, Rules } from './shape.ts';

/** Seven statements, whatever the size of the company. */
export async function nowOf(tx: Tx, rules: Rules, submitterId: string): Promise<Now> {
  return {
    at: tx.now,
    rules,
    people: await peopleOf(tx, submitterId),
    after: (at, hours) => tx.active.working.after(at, Math.round(hours * HOUR_MS)),
  };
}

async function peopleOf(tx: Tx, submitterId: string): Promise<People> {
  const programs = new Set((await tx.serviceToken.list({})).map(({ id }) => id));
  const staff = new Map((await tx.staff.list({})).filter(({ id }) => !programs.has(id)).map((one) => [one.id, one]));
  const away = new Map((await tx.queries.standInsAt(tx.now)).map(({ staffId, toId }) => [staffId, toId]));
  const heads = await headsAbove(tx, submitterId);
  return {
    isActive: (id) => staff.get(id)?.active ?? false,
    supervisorOf: (id) => staff.get(id)?.supervisorId ?? null,
    headsOf: (id) => (id === submitterId ? heads : []),
    withRole: (role) => [...staff.values()].filter((one) => one.role === role && one.active).map(({ id }) => id),
    standInFor: (id) => away.get(id) ?? null,
  };
}

/** Of each department the person is in: its heads, else those of the nearest one above that has any. */
async function headsAbove(tx: Tx, staffId: string): Promise<readonly string[]> {
  const own = await tx.queries.memberships(staffId);
  if (own.length === 0) return [];
  const tree = await tx.queries.departmentTree();
  const leaders = Map.groupBy(await tx.staffDepartment.list({ leads: true }), ({ departmentId }) => departmentId);
  const heads = new Set<string>();
  for (const { departmentId } of own) {
    const seen = new Set<string>();
    let place = tree.find(({ id }) => id === departmentId);
    while (place && !seen.has(place.id) && !leaders.has(place.id)) {
      seen.add(place.id);
      const { accountId, parentExternalId } = place;
      place = tree.find((one) => one.accountId === accountId && one.externalId === parentExternalId);
    }
    for (const leader of place ? (leaders.get(place.id) ?? []) : []) heads.add(leader.staffId);
  }
  return [...heads];
}
