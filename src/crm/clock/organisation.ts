/** The organisation as recipients are found by it: a few statements for a whole batch of deals. */
import type { AlertLevel } from '../../policy/schema/alerts.ts';
import type { DepartmentPlace } from '../access/organisation-queries.ts';
import type { StaffDepartmentRow } from '../rows/organisation.ts';
import type { Tx } from '../tx.ts';
import type { Organisation, Skilled, Stalled } from './recipients.ts';

export async function organisationFor(
  tx: Tx,
  stalled: readonly Stalled[],
  levels: readonly AlertLevel[],
): Promise<Organisation> {
  const programs = new Set((await tx.serviceToken.list({})).map(({ id }) => id));
  const staff = new Map((await tx.staff.list({})).filter(({ id }) => !programs.has(id)).map((one) => [one.id, one]));
  const active = [...staff.values()].filter((one) => one.active);
  const asked = levels.flatMap(({ to }) => to);
  const skilled = await skilledOf(tx, asked, new Set(active.map(({ id }) => id)));
  const customers = skilled.size === 0 ? [] : stalled.flatMap(({ customerId }) => customerId ?? []);
  const helpers = Map.groupBy(await tx.queries.helpersOf(customers), ({ customerId }) => customerId);
  const places = new Map((await tx.queries.profilesOf(customers)).map((one) => [one.id, one]));
  const groups = new Set((await tx.namedGroup.list({})).map(({ id }) => id));
  const isActive = (id: string) => staff.get(id)?.active ?? false;
  const needsHeads =
    asked.some(({ kind }) => kind === 'department_head') ||
    stalled.some(({ ownerId }) => !isActive(staff.get(ownerId)?.supervisorId ?? ''));
  const headsOf = needsHeads ? await departmentHeads(tx) : () => [];
  return {
    isActive,
    supervisorOf: (id) => staff.get(id)?.supervisorId ?? null,
    headsOf,
    administrators: () => active.filter(({ role }) => role === 'admin').map(({ id }) => id),
    anybody: () =>
      [...active].sort((a, b) => Number(b.role === 'manager') - Number(a.role === 'manager')).map(({ id }) => id),
    helpersOf: (customerId) => (helpers.get(customerId) ?? []).map(({ staffId }) => staffId),
    ofRank: (rank) => skilled.get(rank) ?? [],
    placeOf: (customerId) => places.get(customerId) ?? { region: null, productLine: null },
    isBound: (key) => groups.has(key),
  };
}

async function skilledOf(
  tx: Tx,
  asked: AlertLevel['to'],
  active: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Skilled[]>> {
  const ranks = new Set(asked.flatMap((one) => (one.kind === 'rank' ? [one.rank] : [])));
  const found = new Map<string, readonly Skilled[]>();
  for (const rank of ranks)
    found.set(
      rank,
      (await tx.staffProfile.list({ jobRank: rank })).filter(({ id }) => active.has(id)),
    );
  return found;
}

async function departmentHeads(tx: Tx): Promise<(staffId: string) => readonly string[]> {
  const tree = await tx.queries.departmentTree();
  const members = await tx.staffDepartment.list({});
  const byId = new Map(tree.map((one) => [one.id, one]));
  const byExternal = new Map(tree.map((one) => [`${one.accountId} ${one.externalId}`, one]));
  const leaders = Map.groupBy(
    members.filter(({ leads }) => leads),
    ({ departmentId }) => departmentId,
  );
  const own = Map.groupBy(members, ({ staffId }) => staffId);
  return (staffId) => [
    ...new Set(
      (own.get(staffId) ?? []).flatMap(({ departmentId }) => headsAbove(byId.get(departmentId), leaders, byExternal)),
    ),
  ];
}

function headsAbove(
  place: DepartmentPlace | undefined,
  leaders: ReadonlyMap<string, readonly StaffDepartmentRow[]>,
  byExternal: ReadonlyMap<string, DepartmentPlace>,
): readonly string[] {
  const seen = new Set<string>();
  let here = place;
  while (here && !seen.has(here.id)) {
    seen.add(here.id);
    const heads = leaders.get(here.id);
    if (heads) return heads.map(({ staffId }) => staffId);
    here = here.parentExternalId === null ? undefined : byExternal.get(`${here.accountId} ${here.parentExternalId}`);
  }
  return [];
}
