/** Colleagues to choose from: by a part of their name or of their department's. */

import type { Desk } from '../access/desk.ts';
import type { StaffRow } from '../rows/people.ts';
import { withoutPrograms } from './service-token.ts';

export interface Colleague {
  readonly staff: StaffRow;
  /** Names of the departments they are in. */
  readonly departments: readonly string[];
}

const MOST = 20;

/** Those at work, in the order of their names; nothing typed finds the first ones. */
export async function findColleagues({ tx }: Desk, words: string): Promise<readonly Colleague[]> {
  const typed = words.trim().toLowerCase();
  const people = await withoutPrograms(tx, await tx.staff.list({ active: true }, { orderBy: 'name' }));
  const departments = await tx.department.list({ removedAt: null });
  const nameOf = new Map(departments.map(({ id, name }) => [id, name]));
  const placesOf = Map.groupBy(await tx.staffDepartment.list({}), ({ staffId }) => staffId);
  const all = people.map((staff) => ({
    staff,
    departments: (placesOf.get(staff.id) ?? []).flatMap(({ departmentId }) => nameOf.get(departmentId) ?? []),
  }));
  const called = ({ staff }: Colleague) => staff.name.toLowerCase().includes(typed);
  const placed = (one: Colleague) => !called(one) && one.departments.some((name) => name.toLowerCase().includes(typed));
  return [...all.filter(called), ...all.filter(placed)].slice(0, MOST);
}
