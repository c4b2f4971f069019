/** Members, departments and the app itself, as far as a new self-built app may see them (wecom.md §3.10). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse } from '../reply.ts';
import type { Member } from '../world.ts';

export interface Department {
  readonly id: number;
  readonly name: string;
  readonly parentid: number;
  /** userids that head it besides those marked so among its members. */
  leaders: readonly string[];
  /** Inside the visible range of our app. */
  visible: boolean;
}

export interface Directory {
  readonly routes: readonly Route[];
  readonly departments: ReadonlyMap<number, Department>;
  /** Below the whole company (1) unless told. */
  addDepartment(name: string, parentid?: number): Department;
}

export function createDirectory(core: Core): Directory {
  const { world, options, deliveries, grants } = core;
  const departments = new Map<number, Department>([
    [1, { id: 1, name: options.companyName, parentid: 0, leaders: [], visible: true }],
  ]);
  const seen = (): Member[] => [...world.members.values()].filter(({ visible, departed }) => visible && !departed);

  /** Without mobile, e-mail, avatar, gender and address: withheld from apps made since 2022-06-20. */
  const view = ({
    userid,
    name,
    departments: department,
    position,
    leader,
    activated,
    disabled,
    directLeaders,
  }: Member): object => ({
    ...{ userid, name, department, position, status: disabled ? 2 : activated ? 1 : 4, order: department.map(() => 0) },
    ...{ main_department: department[0], is_leader_in_dept: department.map(() => (leader ? 1 : 0)) },
    ...{ direct_leader: directLeaders, telephone: '', alias: '', gender: '0', extattr: { attrs: [] } },
  });

  /** userids are matched without regard for case and returned as stored. */
  function user({ query }: ApiCall): Reply {
    const asked = text(query.userid).toLowerCase();
    const member = [...world.members.values()].find(({ userid }) => userid.toLowerCase() === asked);
    if (!member || member.departed || !member.visible) return refuse(60111, 'userid not found');
    return ok({ ...view(member) });
  }

  function users(query: ApiCall['query'], show: (member: Member) => object): Reply {
    const id = Number(query.department_id);
    if (!departments.has(id)) return refuse(60003, 'department not found');
    if (!departments.get(id)?.visible) return refuse(60011, 'no privilege to access/modify contact/party/agent');
    const below = (one: number): boolean => one === id || (one !== 1 && below(departments.get(one)?.parentid ?? 1));
    const inside = (one: number): boolean => (query.fetch_child === '1' ? id === 1 || below(one) : one === id);
    return ok({
      userlist: seen()
        .filter((member) => member.departments.some(inside))
        .map(show),
    });
  }

  function departmentList({ query }: ApiCall): Reply {
    const id = query.id === undefined ? 1 : Number(query.id);
    const below = (one: Department): boolean => {
      const parent = departments.get(one.parentid);
      return one.id === id || (parent !== undefined && below(parent));
    };
    const department = [...departments.values()]
      .filter((one) => one.visible && below(one))
      .map(({ visible: _, leaders, ...one }) => ({ ...one, order: 1, department_leader: leaders }));
    return ok({ department });
  }

  function agent({ query }: ApiCall): Reply {
    if (Number(query.agentid) !== options.agentId)
      return refuse(301002, 'not allow operate another agent with this accesstoken');
    return ok({
      ...{ agentid: options.agentId, name: options.appName, square_logo_url: '', description: '', close: 0 },
      allow_userinfos: { user: seen().map(({ userid }) => ({ userid })) },
      allow_partys: { partyid: grants.wholeCompany ? [1] : [] },
      redirect_domain: deliveries.callbackUrl() === null ? '' : new URL(deliveries.callbackUrl() ?? '').host,
      ...{ report_location_flag: 0, isreportenter: 1, home_url: '' },
    });
  }

  const route = (path: string, answer: Route['answer']): Route => ({
    method: 'GET',
    path: `/cgi-bin/${path}`,
    tokens: ['app', 'contact'],
    answer,
  });
  const simple = ({ userid, name, departments: department }: Member): object => ({ userid, name, department });
  return {
    departments,
    addDepartment(name, parentid = 1) {
      const made = { id: departments.size + 1, name, parentid, leaders: [], visible: true };
      departments.set(made.id, made);
      return made;
    },
    routes: [
      route('user/get', user),
      route('user/simplelist', ({ query }) => users(query, simple)),
      route('user/list', ({ query }) => users(query, view)),
      route('department/list', departmentList),
      route('agent/get', agent),
      route('getcallbackip', () => ok({ ip_list: ['127.0.0.1'] })),
    ],
  };
}
