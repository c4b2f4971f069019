/** Departments and who works in them, as far as the app's range of the address book goes. */
import type { ApiCall } from '../platform/http-face.ts';
import { userView } from './contact-api.ts';
import type { Core } from './core.ts';
import { ok, type Reply, type Route, refuse } from './reply.ts';
import type { Department, Person } from './world.ts';

const ROOT = '0';
const MOST_PER_PAGE = 50;

export function createDepartmentsApi(core: Core): Route[] {
  const { world } = core;

  const inRange = (department: Department): boolean => {
    const parent = world.departments.get(department.parentId);
    return department.available || (parent !== undefined && inRange(parent));
  };
  const childrenOf = (id: string): Department[] => [...world.departments.values()].filter((one) => one.parentId === id);
  const below = (id: string): Department[] => childrenOf(id).flatMap((one) => [one, ...below(one.openId)]);
  const whole = (): boolean => [...world.departments.values()].every(inRange);
  const mayRead = (id: string): boolean => {
    const department = world.departments.get(id);
    return id === ROOT ? whole() : department !== undefined && inRange(department);
  };
  const colleagues = (): Person[] =>
    [...world.people.values()].filter(({ internal, available, departed }) => internal && available && !departed);

  const view = (department: Department) => ({
    name: department.name,
    open_department_id: department.openId,
    department_id: department.openId.slice(3, 19),
    parent_department_id: department.parentId,
    ...(department.leaderId && {
      leader_user_id: department.leaderId,
      leaders: [{ leaderType: 1, leaderID: department.leaderId }],
    }),
    member_count: colleagues().filter(({ departmentIds }) => departmentIds.includes(department.openId)).length,
    status: { is_deleted: false },
  });

  function page<T>({ query }: ApiCall, all: readonly T[]): { readonly part: readonly T[]; readonly more: object } {
    const size = Math.min(Number(query.page_size ?? 10), MOST_PER_PAGE);
    const from = Number(query.page_token ?? 0);
    const rest = from + size < all.length;
    return {
      part: all.slice(from, from + size),
      more: { has_more: rest, ...(rest && { page_token: String(from + size) }) },
    };
  }

  /** Of the whole company: its first level, and who is in no department. Else what was ticked. */
  function scopes(call: ApiCall): Reply {
    const tops = [...world.departments.values()].filter(
      (one) =>
        inRange(one) && !inRange(world.departments.get(one.parentId) ?? { ...one, parentId: '', available: false }),
    );
    const alone = colleagues().filter(({ departmentIds }) => !departmentIds.some(mayRead));
    const entries = [
      ...tops.map(({ openId }) => ({ department: openId })),
      ...alone.map(({ openId }) => ({ user: openId })),
    ];
    const { part, more } = page(call, entries);
    return ok({
      department_ids: part.flatMap((one) => ('department' in one ? one.department : [])),
      user_ids: part.flatMap((one) => ('user' in one ? one.user : [])),
      group_ids: [],
      ...more,
    });
  }

  const refused = (): Reply => refuse(40004, 'no dept authority error');

  function department({ params }: ApiCall): Reply {
    const found = world.departments.get(params.department_id ?? '');
    return found && inRange(found) ? ok({ department: view(found) }) : refused();
  }

  function children(call: ApiCall): Reply {
    const id = call.params.department_id ?? ROOT;
    if (!mayRead(id)) return refused();
    const { part, more } = page(call, call.query.fetch_child === 'true' ? below(id) : childrenOf(id));
    return ok({ items: part.map(view), ...more });
  }

  function members(call: ApiCall): Reply {
    const id = call.query.department_id ?? '';
    if (!mayRead(id)) return refused();
    const inside = colleagues().filter(({ departmentIds }) =>
      id === ROOT ? departmentIds.length === 0 : departmentIds.includes(id),
    );
    const { part, more } = page(call, inside);
    return ok({ items: part.map((person) => userView(core, person)), ...more });
  }

  const route = (path: string, answer: Route['answer']): Route => ({
    method: 'GET',
    path: `/open-apis/contact/v3/${path}`,
    auth: 'tenant',
    answer,
  });
  return [
    route('scopes', scopes),
    route('departments/:department_id/children', children),
    route('departments/:department_id', department),
    route('users/find_by_department', members),
  ];
}
