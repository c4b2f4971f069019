/** The address book as our app may see it: our own people only. */
import type { ApiCall } from '../platform/http-face.ts';
import type { Core } from './core.ts';
import { ok, type Reply, type Route, refuse } from './reply.ts';
import type { Person } from './world.ts';

export function createContactApi(core: Core): Route[] {
  const { world } = core;

  const idOf = (person: Person, type: string | undefined): string => {
    if (type === 'union_id') return person.unionId;
    return type === 'user_id' ? person.userId : person.openId;
  };

  function get({ params, query }: ApiCall): Reply {
    const people = [...world.people.values()];
    if (people.some((person) => person.otherAppOpenId === params.user_id)) return refuse(99992361, 'open_id cross app');
    const person = people.find((candidate) => idOf(candidate, query.user_id_type) === params.user_id);
    if (!person) return refuse(99992351, 'The request you send is not a valid {user_id} or not exists');
    if (!person.internal || !person.available) return refuse(41050, 'no user authority error');
    return ok({ user: userView(core, person) });
  }

  function batchGetId({ body, query }: ApiCall): Reply {
    const ours = [...world.people.values()].filter((person) => person.internal && person.available);
    const asked = (key: 'email' | 'mobile', list: unknown): object[] =>
      (Array.isArray(list) ? list : []).map((value) => {
        const person = ours.find(
          (candidate) => candidate[key] === value && (!candidate.departed || body.include_resigned === true),
        );
        return { ...(person && { user_id: idOf(person, query.user_id_type) }), [key]: value };
      });
    return ok({ user_list: [...asked('email', body.emails), ...asked('mobile', body.mobiles)] });
  }

  return [
    { method: 'GET', path: '/open-apis/contact/v3/users/:user_id', auth: 'tenant', answer: get },
    { method: 'POST', path: '/open-apis/contact/v3/users/batch_get_id', auth: 'tenant', answer: batchGetId },
  ];
}

/** A person as the address book shows them; phone, mail and title as if the app had asked for those fields. */
export function userView({ options }: Core, person: Person): Record<string, unknown> {
  const ids = { open_id: person.openId, union_id: person.unionId };
  if (options.contactFields === 'ids') return { ...ids, mobile_visible: true };
  return {
    ...ids,
    ...(options.showUserIds && { user_id: person.userId }),
    name: person.name,
    en_name: '',
    ...(person.email && { email: person.email }),
    ...(person.mobile && { mobile: person.mobile }),
    ...(person.title && { job_title: person.title }),
    ...(person.leaderId && { leader_user_id: person.leaderId }),
    status: {
      is_frozen: person.frozen,
      is_resigned: person.departed,
      is_activated: person.activated,
      is_exited: false,
      is_unjoin: !person.activated,
    },
    department_ids: person.departmentIds.length > 0 ? person.departmentIds : ['0'],
  };
}
