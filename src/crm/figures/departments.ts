/** Departments with everybody in them and in those below them. */
import type { DepartmentPlace } from '../access/organisation-queries.ts';
import type { Tx } from '../tx.ts';

export interface DepartmentMembers {
  readonly id: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
}

/** Three statements, whatever the number of departments. */
export async function departmentsOf(tx: Tx): Promise<readonly DepartmentMembers[]> {
  const places = await tx.queries.departmentTree();
  const named = new Map((await tx.department.list({ removedAt: null })).map(({ id, name }) => [id, name]));
  const direct = Map.groupBy(await tx.staffDepartment.list({}), ({ departmentId }) => departmentId);
  const children = Map.groupBy(places, ({ accountId, parentExternalId }) => `${accountId} ${parentExternalId}`);
  return places.map((root) => ({
    id: root.id,
    name: named.get(root.id) ?? '',
    members: new Set(below(root, children).flatMap(({ id }) => (direct.get(id) ?? []).map(({ staffId }) => staffId))),
  }));
}

/** A department and those below it, step by step; a ring is gone round once. */
function below(root: DepartmentPlace, children: ReadonlyMap<string, readonly DepartmentPlace[]>): DepartmentPlace[] {
  const found = new Set([root]);
  for (const one of found)
    for (const child of children.get(`${one.accountId} ${one.externalId}`) ?? []) found.add(child);
  return [...found];
}
