/** Reads the company's address book by the calls that cost nothing of the month's quota: departments, then everybody in them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallRates } from '../../src/channel/call-rates.ts';
import type { DepartmentFacts, OrganisationPage, StaffFacts } from '../../src/channel/organisation.ts';
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { toDeliveryError } from './errors.ts';
import { field, type JsonRecord, recordField, recordsField, textField } from './json.ts';
import { perApi } from './limiter.ts';

export interface Reading {
  readonly client: DingtalkClient;
  readonly clientId: string;
  readonly rates: CallRates;
  readonly now: () => number;
  /** When the channel stops, nobody waits on. */
  readonly ending: AbortSignal;
  /** Before each further try, ms. */
  readonly pauses?: readonly number[];
}

type Ask = (path: string, body: JsonRecord) => Promise<JsonRecord>;

const usualPauses: readonly number[] = [1_000, 5_000, 20_000];
/** Longer waits are of another kind: the month's quota. */
const longestPauseMs = 61_000;
/** The company itself; lists of what is below a department do not name it. */
const root: DepartmentFacts = { externalId: '1', name: '全公司', parentExternalId: null };
const pageSize = 50;
/** They left since the list was made, or are outside the app's range of the address book. */
const notForUs = ['60121', '50002', '50004'];
const language = 'zh_CN';

/**
 * Rejects with a DeliveryError that says in Chinese what is wrong. Supervisors and heads of departments stand with each
 * person only, so everybody is asked for by themselves, 16 a second. Numbers and mails come only where the app has asked
 * for those fields. https://open.dingtalk.com/document/development/query-user-details
 */
export async function* readOrganisation(reading: Reading): AsyncGenerator<OrganisationPage> {
  const ask = createAsk(reading);
  const departments = await readDepartments(ask);
  for (let at = 0; at < departments.length; at += pageSize) {
    yield { departments: departments.slice(at, at + pageSize), staff: [] };
  }
  const known = new Set(departments.map(({ externalId }) => externalId));
  // Who works in two departments is listed in both.
  const seen = new Set<string>();
  for (const { externalId } of departments) {
    const { result } = await ask('/topapi/user/listid', { dept_id: Number(externalId) });
    const ids = textsOf(result).filter((id) => !seen.has(id));
    for (let at = 0; at < ids.length; at += pageSize) {
      const staff: StaffFacts[] = [];
      for (const id of ids.slice(at, at + pageSize)) {
        seen.add(id);
        const facts = await readPerson(ask, id, known);
        if (facts !== null) staff.push(facts);
      }
      if (staff.length > 0) yield { departments: [], staff };
    }
  }
}

/** Level by level from the top: each call names what is directly below one department. */
async function readDepartments(ask: Ask): Promise<DepartmentFacts[]> {
  const found = [root];
  // The list grows while it is walked.
  for (const { externalId } of found) {
    const reply = await ask('/topapi/v2/department/listsub', { dept_id: Number(externalId), language });
    for (const one of recordsField(reply, 'result')) {
      const id = field(one, 'dept_id');
      if (typeof id !== 'number' || found.some((known) => known.externalId === String(id))) continue;
      found.push({
        externalId: String(id),
        name: textField(one, 'name') ?? `部门 ${id}`,
        parentExternalId: externalId,
      });
    }
  }
  return found;
}

/** Null when there is no such person any more. */
async function readPerson(ask: Ask, userId: string, known: ReadonlySet<string>): Promise<StaffFacts | null> {
  try {
    const person = recordField(await ask('/topapi/v2/user/get', { userid: userId, language }), 'result');
    return person && factsOf(person, userId, known);
  } catch (error) {
    if (error instanceof ApiFailure && error.is(...notForUs)) return null;
    throw error;
  }
}

function factsOf(person: JsonRecord, userId: string, known: ReadonlySet<string>): StaffFacts {
  const listed = field(person, 'dept_id_list');
  const places = (Array.isArray(listed) ? listed : []).map(String).filter((id) => known.has(id));
  const heads = recordsField(person, 'leader_in_dept')
    .filter((place) => field(place, 'leader') === true)
    .map((place) => String(field(place, 'dept_id')));
  return {
    externalId: userId,
    name: textField(person, 'name') ?? '',
    phone: textField(person, 'mobile'),
    email: textField(person, 'org_email') ?? textField(person, 'email'),
    title: textField(person, 'title'),
    supervisorExternalId: textField(person, 'manager_userid'),
    departments: (places.length > 0 ? places : [root.externalId]).map((id) => ({
      externalId: id,
      leads: heads.includes(id),
    })),
    active: field(person, 'active') !== false,
    admin: field(person, 'admin') === true,
  };
}

/** What is merely busy is asked again. Rejects with ApiFailure for who is not there, else with a DeliveryError. */
function createAsk({ client, clientId, rates, now, ending, pauses = usualPauses }: Reading): Ask {
  return async (path, body) => {
    for (let tries = 0; ; tries += 1) {
      const hold = () => rates.hold(path, perApi, longestPauseMs, ending);
      for (let waitMs = await hold(); waitMs > 0; waitMs = await hold())
        await sleep(waitMs, undefined, { signal: ending });
      try {
        return await client.oapi(path, body);
      } catch (error) {
        if (error instanceof ApiFailure && error.is(...notForUs)) throw error;
        const said = toDeliveryError(error, clientId, now());
        const pause = pauses[tries];
        const wait = said.retryAfterMs ?? 0;
        if (pause === undefined || said.outcome === 'permanent' || wait > longestPauseMs) throw said;
        await sleep(Math.max(pause, wait), undefined, { signal: ending });
      }
    }
  };
}

function textsOf(result: unknown): readonly string[] {
  const list = typeof result === 'object' && result !== null && 'userid_list' in result ? result.userid_list : null;
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
}
