/** `staff list`: everybody with role, supervisor, departments, region and product lines. */
import type { Tx } from '../crm/tx.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { roleNames } from './staff-words.ts';

export async function staffList(env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const lines = await app.look(describeAll);
    for (const line of lines) process.stdout.write(`${line}\n`);
    process.stdout.write(`共 ${lines.length} 人\n`);
    return 0;
  });
}

async function describeAll(tx: Tx): Promise<string[]> {
  const people = await tx.staff.list({}, { orderBy: 'name' });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const profiles = new Map((await tx.staffProfile.list({})).map((profile) => [profile.id, profile]));
  const departments = new Map((await tx.department.list({ removedAt: null })).map(({ id, name }) => [id, name]));
  const places = Map.groupBy(await tx.staffDepartment.list({}), ({ staffId }) => staffId);
  return people.map(({ id, name, role, supervisorId, active }) => {
    const profile = profiles.get(id);
    const inside = (places.get(id) ?? []).flatMap(({ departmentId, leads }) => {
      const department = departments.get(departmentId);
      return department === undefined ? [] : [leads ? `${department}（负责人）` : department];
    });
    const facts = [
      roleNames[role],
      active ? null : '已停用',
      supervisorId === null ? null : `主管 ${nameOf.get(supervisorId) ?? '未知'}`,
      inside.length === 0 ? null : [...new Set(inside)].join('、'),
      profile?.region ? `区域 ${profile.region}` : null,
      profile && profile.productLines.length > 0 ? `产品线 ${profile.productLines.join('、')}` : null,
    ].filter((fact) => fact !== null);
    return `${id}  ${name}  ${facts.join(' · ')}`;
  });
}
