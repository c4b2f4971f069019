/** The people of the company: departments with a head, a region to each few of them, and the four whose pages are measured. */

import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';
import type { Size } from './size.ts';

/** Sees a region: a rank that the bench's policy knows. */
export const REGION_RANK = '区域负责人';
const REGIONS = ['华东', '华南', '华北', '西南', '海外'] as const;
const LINES = ['轴承座', '精密件', '模具', '自动化'] as const;

export interface People {
  /** In the order of their departments. */
  readonly ids: readonly string[];
  readonly regionOf: ReadonlyMap<string, string>;
  /** The measured head's department. */
  readonly ofHead: readonly string[];
  /** Whose pages are measured; the first three see the salesperson's customers, the last everybody's. */
  readonly measured: {
    readonly salesperson: string;
    readonly head: string;
    readonly region: string;
    readonly admin: string;
  };
}

export async function seedPeople(
  bulk: Bulk,
  { staff, departments }: Size,
  accountId: string,
  chance: Chance,
  newId: () => string,
  now: number,
): Promise<People> {
  const ids = Array.from({ length: staff }, () => newId());
  const perDepartment = Math.ceil(staff / departments);
  const at = (n: number) => ids[n] ?? '';
  const departmentOf = (n: number) => Math.floor(n / perDepartment);
  const isHead = (n: number) => n % perDepartment === 0;
  // The head and the salesperson of department 1; a region is every fifth department, so a fifth of all colleagues.
  const measured = {
    admin: at(0),
    head: at(perDepartment),
    salesperson: at(perDepartment + 1),
    region: at(perDepartment + 2),
  };
  const regionAt = (n: number) => REGIONS[departmentOf(n) % REGIONS.length] ?? REGIONS[0];
  const createdAt = now - 1_000 * 86_400_000;
  await bulk.put(
    'staff',
    ids.map((id, n): NewRow<'staff'> => {
      const role = id === measured.admin ? 'admin' : isHead(n) ? 'manager' : 'sales';
      const supervisorId = isHead(n) ? null : at(departmentOf(n) * perDepartment);
      return { id, name: `同事${n + 1}`, role, supervisorId, active: true, createdAt };
    }),
  );
  await bulk.put(
    'staffIdentity',
    ids.map((staffId, n) => ({ id: newId(), accountId, externalId: `ou_${n}`, staffId })),
  );
  await bulk.put(
    'staffProfile',
    ids.map((id, n) => ({
      id,
      phone: `1380000${String(n).padStart(4, '0')}`,
      email: null,
      region: regionAt(n),
      productLines: [chance.pick(LINES)],
      jobRank: id === measured.region ? REGION_RANK : null,
      updatedAt: createdAt,
    })),
  );
  const rooms = Array.from({ length: departments }, (_, n) => ({ id: newId(), externalId: `od_${n}` }));
  await bulk.put(
    'department',
    rooms.map(({ id, externalId }, n) => ({
      ...{ id, accountId, externalId, removedAt: null },
      name: `销售${n + 1}部`,
      parentExternalId: n === 0 ? null : 'od_0',
    })),
  );
  await bulk.put(
    'staffDepartment',
    ids.map((staffId, n) => ({
      ...{ id: newId(), staffId, departmentId: rooms[departmentOf(n)]?.id ?? '' },
      // The administrator leads nothing: what they see comes from their role.
      leads: isHead(n) && n > 0,
    })),
  );
  const ofHead = ids.slice(perDepartment, 2 * perDepartment);
  return { ids, ofHead, regionOf: new Map(ids.map((id, n) => [id, regionAt(n)])), measured };
}
