/** Reads the company's address book, as far as the app's range goes: departments first, then who works in them. */
import type * as Lark from '@larksuiteoapi/node-sdk';
import type { DepartmentFacts, OrganisationPage, StaffFacts } from '../../src/channel/organisation.ts';
import { type Ask, createAsk, pageSize, pages, type Reading } from './patient.ts';

/** The company itself; no call describes it. Whoever is in no department that we may see is in it. */
const root: Department = { externalId: '0', name: '全公司', parentExternalId: null, leaders: [] };
const ids = { user_id_type: 'open_id', department_id_type: 'open_department_id' } as const;

type Department = DepartmentFacts & { readonly leaders: readonly string[] };
type UserReply = Awaited<ReturnType<Lark.Client['contact']['v3']['user']['findByDepartment']>>;
type User = NonNullable<NonNullable<UserReply['data']>['items']>[number];

/**
 * Rejects with a DeliveryError that says in Chinese what is wrong. Phones, mails and titles come only where the app has asked for those fields.
 * https://open.feishu.cn/document/server-docs/contact-v3/scope/list
 */
export async function* readOrganisation(reading: Reading): AsyncGenerator<OrganisationPage> {
  const ask = createAsk(reading);
  const range = await readRange(ask);
  const departments = [root, ...(await readDepartments(ask, range.departments))];
  for (let at = 0; at < departments.length; at += pageSize) {
    yield { departments: departments.slice(at, at + pageSize).map(factsOf), staff: [] };
  }
  const leaders = new Map(departments.map(({ externalId, leaders: own }) => [externalId, own]));
  // Who works in two departments is listed in both.
  const seen = new Set<string>();
  const fresh = (users: readonly User[], listedIn: string): StaffFacts[] =>
    users.flatMap((user) => {
      if (!user.open_id || seen.has(user.open_id)) return [];
      seen.add(user.open_id);
      return [readUser(user, user.open_id, listedIn, leaders)];
    });
  for (const { externalId } of departments.slice(1)) {
    for await (const users of pages(ask, (lark, auth, page) =>
      lark.contact.v3.user.findByDepartment({ params: { ...ids, ...page, department_id: externalId } }, auth),
    )) {
      const staff = fresh(users.items ?? [], externalId);
      if (staff.length > 0) yield { departments: [], staff };
    }
  }
  const alone = range.users.filter((id) => !seen.has(id));
  for (let at = 0; at < alone.length; at += pageSize) {
    const staff = fresh(await readUsers(ask, alone.slice(at, at + pageSize)), root.externalId);
    if (staff.length > 0) yield { departments: [], staff };
  }
}

/** Of an app that may see everybody: the departments of the first level, and who is in none. */
async function readRange(ask: Ask): Promise<{ departments: string[]; users: string[] }> {
  const range = { departments: [] as string[], users: [] as string[] };
  for await (const data of pages(ask, (lark, auth, page) =>
    lark.contact.v3.scope.list({ params: { ...ids, ...page } }, auth),
  )) {
    range.departments.push(...(data.department_ids ?? []));
    range.users.push(...(data.user_ids ?? []));
  }
  return range;
}

async function readDepartments(ask: Ask, tops: readonly string[]): Promise<Department[]> {
  const found = new Map<string, Department>();
  for (const top of tops) {
    const { data } = await ask((lark, auth) =>
      lark.contact.v3.department.get({ path: { department_id: top }, params: ids }, auth),
    );
    const listed = data?.department ? [data.department] : [];
    for await (const page of pages(ask, (lark, auth, more) =>
      lark.contact.v3.department.children(
        { path: { department_id: top }, params: { ...ids, ...more, fetch_child: true } },
        auth,
      ),
    )) {
      listed.push(...(page.items ?? []));
    }
    for (const one of listed) {
      if (!one.open_department_id || one.status?.is_deleted) continue;
      const { open_department_id: externalId, parent_department_id: parent } = one;
      const leaders = [one.leader_user_id, ...(one.leaders ?? []).map(({ leaderID }) => leaderID)];
      found.set(externalId, {
        externalId,
        name: one.name,
        parentExternalId: parent || root.externalId,
        leaders: leaders.filter((id) => id !== undefined),
      });
    }
  }
  return [...found.values()];
}

async function readUsers(ask: Ask, openIds: readonly string[]): Promise<User[]> {
  const users: User[] = [];
  for (const id of openIds) {
    const { data } = await ask((lark, auth) => lark.contact.v3.user.get({ path: { user_id: id }, params: ids }, auth));
    if (data?.user) users.push(data.user as User);
  }
  return users;
}

const factsOf = ({ externalId, name, parentExternalId }: Department): DepartmentFacts => ({
  externalId,
  name,
  parentExternalId,
});

/** Every field but the id needs a permission of its own and may be missing. */
function readUser(
  user: Partial<User>,
  openId: string,
  listedIn: string,
  leaders: ReadonlyMap<string, readonly string[]>,
): StaffFacts {
  const places = (user.department_ids ?? []).filter((id) => leaders.has(id));
  const { is_frozen, is_resigned, is_activated, is_exited, is_unjoin } = user.status ?? {};
  return {
    externalId: openId,
    name: user.name ?? '',
    phone: user.mobile || null,
    email: user.enterprise_email || user.email || null,
    title: user.job_title || null,
    supervisorExternalId: user.leader_user_id || null,
    departments: (places.length > 0 ? places : [listedIn]).map((id) => ({
      externalId: id,
      leads: leaders.get(id)?.includes(openId) ?? false,
    })),
    // Without the field's permission there is no status: who is listed works here.
    active: !(is_frozen || is_resigned || is_exited || is_unjoin) && is_activated !== false,
    admin: user.is_tenant_manager ?? null,
  };
}
