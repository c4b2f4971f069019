/** Whose customers a colleague may see: own, those below them, departments they lead, and what the policy adds. */
import type { Sight } from '../../policy/schema/access.ts';
import type { StaffProfileRow } from '../rows/organisation.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { Scope } from './scope-shape.ts';

/** Empty for a colleague who has left. */
export async function scopeOf(tx: Tx, staff: StaffRow): Promise<Scope> {
  const { id: staffId } = staff;
  if (!staff.active) return { staffId: '', all: false, owners: [], leads: [], decides: false };
  const profile = await tx.staffProfile.get(staffId);
  const sight = sightOf(tx, staff, profile);
  if (staff.role === 'admin') return { staffId, all: true, owners: [], leads: [], decides: true };
  const memberships = await tx.queries.memberships(staffId);
  const led = await membersBelow(
    tx,
    memberships.filter(({ leads }) => leads),
  );
  const own = sight === 'department' ? await membersBelow(tx, memberships) : [];
  const leads = [...new Set([...below(staffId, await tx.queries.reportingLines()), ...led])];
  const owners = [...new Set([...leads, ...own, ...(await alike(tx, sight, profile))])];
  return { staffId, all: sight === 'all', owners, leads, decides: false };
}

/** Whether they decide over what belongs to `ownerId`: their own, that of those below them, and of departments they lead. */
export function leads(scope: Scope, ownerId: string): boolean {
  return scope.decides || scope.leads.includes(ownerId);
}

/** Whether what belongs to `ownerId` is in it: to be seen, which is not to be changed. */
export function holds(scope: Scope, ownerId: string): boolean {
  return scope.all || scope.owners.includes(ownerId);
}

function sightOf(tx: Tx, { role }: StaffRow, profile: StaffProfileRow | null): Sight {
  const { roles, ranks } = tx.active.policy.access;
  if (role === 'admin') return 'all';
  const rank = profile?.jobRank ?? null;
  return ranks.find((known) => known.rank === rank)?.sees ?? roles[role];
}

/** A person and everybody who reports to them, step by step; a ring of supervisors is gone round once. */
function below(staffId: string, lines: readonly { id: string; supervisorId: string }[]): ReadonlySet<string> {
  const reports = Map.groupBy(lines, ({ supervisorId }) => supervisorId);
  const found = new Set([staffId]);
  for (const id of found) for (const report of reports.get(id) ?? []) found.add(report.id);
  return found;
}

/** The people of departments and of all departments below them. */
async function membersBelow(tx: Tx, roots: readonly { readonly departmentId: string }[]): Promise<readonly string[]> {
  if (roots.length === 0) return [];
  const departments = await tx.queries.departmentTree();
  const children = Map.groupBy(departments, ({ accountId, parentExternalId }) => `${accountId} ${parentExternalId}`);
  const byId = new Map(departments.map((department) => [department.id, department]));
  const found = new Set(roots.map(({ departmentId }) => departmentId));
  for (const id of found) {
    const department = byId.get(id);
    const below = department ? children.get(`${department.accountId} ${department.externalId}`) : [];
    for (const child of below ?? []) found.add(child.id);
  }
  return tx.queries.membersOf([...found]);
}

/** Colleagues of the same region or with a product line in common, as the sight says. */
async function alike(tx: Tx, sight: Sight, profile: StaffProfileRow | null): Promise<readonly string[]> {
  const byRegion = sight === 'region' || sight === 'region_product_line';
  const byLine = sight === 'product_line' || sight === 'region_product_line';
  if (profile === null || (!byRegion && !byLine)) return [];
  const others = await tx.queries.regionsAndLines();
  return others
    .filter(({ region }) => !byRegion || (region !== null && region === profile.region))
    .filter(({ productLines }) => !byLine || productLines.some((line) => profile.productLines.includes(line)))
    .map(({ id }) => id);
}
