/** The address book over the old API family: people, departments, and the sign-in code of a page (dingtalk.md §5.2). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { okOld, type Reply, type Route, refuseSub } from '../reply.ts';
import type { Person } from '../world.ts';

const CODE_MS = 5 * 60_000;

export interface Directory {
  readonly routes: readonly Route[];
  /** A sign-in code of a colleague, as `dd.requestAuthCode` gives it to our page: five minutes, once. */
  signInCode(person: Person | string): string;
}

export function createDirectory(core: Core): Directory {
  const { world, random, clock } = core;
  const codes = new Map<string, { userId: string; issuedAt: number }>();

  const colleagues = (): Person[] =>
    [...world.people.values()].filter(({ internal, departed }) => internal && !departed);
  const members = (department: unknown): Person[] =>
    colleagues().filter(({ departmentIds }) => departmentIds.includes(Number(department)));
  const unknownUser = (): Reply => refuseSub(60121, '找不到该用户');
  const result = (value: unknown): Reply => okOld({ request_id: random.hex(12), result: value });

  const view = (person: Person) => ({
    userid: person.userId,
    unionid: person.unionId,
    name: person.name,
    title: person.title,
    mobile: person.mobile,
    email: person.email,
    dept_id_list: person.departmentIds,
    admin: person.admin,
    boss: false,
    active: person.active,
  });
  /** The list of a department names neither supervisors nor heads elsewhere. */
  const wholeView = (person: Person) => ({
    ...view(person),
    leader_in_dept: person.departmentIds.map((id) => ({ dept_id: id, leader: person.leadsIn.includes(id) })),
    ...(person.managerId && { manager_userid: person.managerId }),
  });

  function whoSignedIn({ body }: ApiCall): Reply {
    const known = codes.get(text(body.code));
    codes.delete(text(body.code));
    const person = known && colleagues().find(({ userId }) => userId === known.userId);
    if (!person || clock.now() - known.issuedAt > CODE_MS) return refuseSub(40078, '不存在的临时授权码');
    const { userId: userid, name, unionId: unionid, admin } = person;
    return result({
      userid,
      name,
      unionid,
      associated_unionid: unionid,
      device_id: '',
      sys: admin,
      sys_level: admin ? 2 : 0,
    });
  }

  const one = (find: (call: ApiCall) => Person | undefined, show: (person: Person) => unknown) => (call: ApiCall) => {
    const person = find(call);
    return person ? result(show(person)) : unknownUser();
  };

  const departmentsBelow = ({ body }: ApiCall) =>
    [...world.departments.values()].filter(({ parentId }) => parentId === Number(body.dept_id ?? 1));

  function page({ body }: ApiCall): Reply {
    const [cursor, size] = [Number(body.cursor ?? 0), Math.min(Number(body.size ?? 100), 100)];
    const all = members(body.dept_id);
    const next = cursor + size;
    const has_more = next < all.length;
    return result({
      has_more,
      ...(has_more && { next_cursor: next }),
      list: all
        .slice(cursor, next)
        .map((person) => ({ ...view(person), leader: person.leadsIn.includes(Number(body.dept_id)) })),
    });
  }

  const route = (path: string, scope: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/oapi/topapi/${path}`,
    auth: 'token',
    scope,
    answer,
  });
  const byId = ({ body }: ApiCall) => colleagues().find(({ userId }) => userId === body.userid);
  const byUnion = ({ body }: ApiCall) => colleagues().find(({ unionId }) => unionId === body.unionid);
  const byMobile = ({ body }: ApiCall) => colleagues().find(({ mobile }) => mobile !== '' && mobile === body.mobile);
  const userid = ({ userId }: Person) => ({ userid: userId });
  return {
    routes: [
      route('v2/user/getuserinfo', 'qyapi_base', whoSignedIn),
      route('v2/user/get', 'qyapi_get_member', one(byId, wholeView)),
      route('user/getbyunionid', 'qyapi_get_member', one(byUnion, userid)),
      route('v2/user/getbymobile', 'qyapi_get_member', one(byMobile, userid)),
      route('user/listadmin', 'qyapi_get_member', () =>
        result(
          colleagues()
            .filter(({ admin }) => admin)
            .map((person) => ({ ...userid(person), sys_level: 2 })),
        ),
      ),
      route('v2/user/list', 'qyapi_get_department_member', page),
      route('user/listid', 'qyapi_get_department_member', ({ body }) =>
        result({ userid_list: members(body.dept_id).map(({ userId }) => userId) }),
      ),
      route('v2/department/listsub', 'qyapi_get_department_list', (call) =>
        result(departmentsBelow(call).map(({ id, parentId, name }) => ({ dept_id: id, parent_id: parentId, name }))),
      ),
      route('v2/department/listsubid', 'qyapi_get_department_list', (call) =>
        result({ dept_id_list: departmentsBelow(call).map(({ id }) => id) }),
      ),
    ],
    signInCode(ref) {
      const code = random.hex(32);
      codes.set(code, { userId: world.person(ref).userId, issuedAt: clock.now() });
      return code;
    },
  };
}
