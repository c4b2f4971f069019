/** Reads members and departments, as far as the app's visible range goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DepartmentFacts, OrganisationPage, StaffFacts } from '../../src/channel/organisation.ts';
import type { WecomClient } from './client.ts';
import { toDeliveryError } from './errors.ts';
import { field, type JsonRecord, recordField, recordsField, textField, textsField } from './json.ts';
import { createLimiter } from './limiter.ts';
import { type Ask, createAsk, isRefusal } from './patient.ts';

export interface Reading {
  readonly client: WecomClient;
  readonly agentId: number;
  readonly now: () => number;
  /** When the channel stops, nobody waits on. */
  readonly ending: AbortSignal;
  /** Before each further try, ms: the platform may want a minute of quiet. */
  readonly pauses?: readonly number[];
}

type Department = DepartmentFacts & { readonly leaders: readonly string[] };

const pageSize = 100;
/** Half of what one API may be called a minute: other parts of the company call as well. */
const windows = [{ count: 5_000, spanMs: 61_000 }];
/** The whole company. An app with a narrow range does not see it, but whoever is in no department of ours is in it. */
const rootId = '1';

/**
 * Rejects with a DeliveryError that says in Chinese what is wrong. Apps made since June 2022 get neither numbers nor
 * mails here: they are null. https://developer.work.weixin.qq.com/document/path/90200
 */
export async function* readOrganisation(reading: Reading): AsyncGenerator<OrganisationPage> {
  const { client, agentId, now, ending, pauses = [1_000, 5_000, 61_000] } = reading;
  const limiter = createLimiter(now, windows);
  const patient = createAsk(client, pauses, ending);
  const ask: Ask = async (...call) => {
    for (let wait = limiter.book('address book'); wait > 0; wait = limiter.book('address book')) {
      await sleep(wait, undefined, { signal: ending });
    }
    return patient(...call);
  };
  try {
    yield* readPages(ask, agentId);
  } catch (error) {
    throw toDeliveryError(error);
  }
}

async function* readPages(ask: Ask, agentId: number): AsyncGenerator<OrganisationPage> {
  const departments = recordsField(await ask('department/list', null), 'department').flatMap((one) =>
    readDepartment(one),
  );
  const listed = departments.map(({ externalId }) => externalId);
  if (!listed.includes(rootId)) {
    departments.unshift({ externalId: rootId, name: '全公司', parentExternalId: null, leaders: [] });
  }
  for (let at = 0; at < departments.length; at += pageSize) {
    const part = departments.slice(at, at + pageSize);
    yield { departments: part.map(({ leaders: _, ...facts }) => facts), staff: [] };
  }
  const leaders = new Map(departments.map(({ externalId, leaders: own }) => [externalId, own]));
  // Who works in two departments is listed in both.
  const seen = new Set<string>();
  function* fresh(members: readonly JsonRecord[]): Generator<OrganisationPage> {
    const staff: StaffFacts[] = [];
    for (const one of members) {
      const facts = readMember(one, leaders);
      if (facts === null || seen.has(facts.externalId)) continue;
      seen.add(facts.externalId);
      staff.push(facts);
    }
    for (let at = 0; at < staff.length; at += pageSize)
      yield { departments: [], staff: staff.slice(at, at + pageSize) };
  }
  for (const id of listed) yield* fresh(await readMembers(ask, id));
  yield* fresh(await readAlone(ask, agentId, seen));
}

/** An app may have the right to names only. */
async function readMembers(ask: Ask, departmentId: string): Promise<readonly JsonRecord[]> {
  const query = { department_id: departmentId };
  try {
    return recordsField(await ask('user/list', null, query), 'userlist');
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return recordsField(await ask('user/simplelist', null, query), 'userlist');
  }
}

/** Who was put into the range by themselves; nobody where the app may not be asked about itself. */
async function readAlone(ask: Ask, agentId: number, seen: ReadonlySet<string>): Promise<readonly JsonRecord[]> {
  const app = await orNothing(ask('agent/get', null, { agentid: String(agentId) }));
  const allowed = recordsField(recordField(app, 'allow_userinfos') ?? {}, 'user');
  const members: JsonRecord[] = [];
  for (const { userid } of allowed) {
    if (typeof userid !== 'string' || seen.has(userid)) continue;
    // May have gone since the list was made.
    members.push(await orNothing(ask('user/get', null, { userid })));
  }
  return members;
}

async function orNothing(asked: Promise<JsonRecord>): Promise<JsonRecord> {
  try {
    return await asked;
  } catch (error) {
    if (isRefusal(error)) return {};
    throw error;
  }
}

function readDepartment(one: JsonRecord): Department[] {
  const [id, parent] = [field(one, 'id'), field(one, 'parentid')];
  if (typeof id !== 'number') return [];
  const parentExternalId = typeof parent !== 'number' || parent === 0 ? null : String(parent);
  const name = textField(one, 'name') ?? (String(id) === rootId ? '全公司' : `部门 ${id}`);
  return [{ externalId: String(id), name, parentExternalId, leaders: textsField(one, 'department_leader') }];
}

function readMember(one: JsonRecord, leaders: ReadonlyMap<string, readonly string[]>): StaffFacts | null {
  const externalId = textField(one, 'userid');
  if (externalId === null) return null;
  const heads = numbers(one, 'is_leader_in_dept');
  const places = numbers(one, 'department').map((id, index) => ({
    externalId: String(id),
    leads: heads[index] === 1 || (leaders.get(String(id))?.includes(externalId) ?? false),
  }));
  const visible = places.filter((place) => leaders.has(place.externalId));
  const status = field(one, 'status');
  return {
    externalId,
    name: textField(one, 'name') ?? '',
    phone: textField(one, 'mobile'),
    email: textField(one, 'biz_mail') ?? textField(one, 'email'),
    title: textField(one, 'position'),
    supervisorExternalId: textsField(one, 'direct_leader')[0] ?? null,
    departments: visible.length > 0 ? visible : [{ externalId: rootId, leads: false }],
    // The short list has no status: who is on it works here.
    active: status === undefined || status === 1,
    admin: null,
  };
}

function numbers(record: JsonRecord, name: string): readonly number[] {
  const value = field(record, name);
  return Array.isArray(value) ? value.map(Number) : [];
}
