/** Customers as the app may read and mark them (wecom.md §3.9). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import type { Customer, Member } from '../world.ts';
import type { Bond, Bonds } from './bonds.ts';

const seconds = (at: number): number => Math.floor(at / 1000);

export function createContactsApi(core: Core, bonds: Bonds): Route[] {
  const { world, grants } = core;

  /** The member, or why the API may not speak of them. */
  function serving(userid: string): Member | Reply {
    const member = world.members.get(userid);
    if (!member || member.departed || !member.visible) return refuse(60111, 'userid not found');
    return member.servesCustomers ? member : refuse(84074, 'no external contact permission');
  }

  const followers = (): Reply => {
    const follow_user = [...world.members.values()].filter(({ userid }) => 'userid' in serving(userid));
    return ok({ follow_user: follow_user.map(({ userid }) => userid) });
  };

  function list({ query }: ApiCall): Reply {
    const member = serving(text(query.userid));
    if (!('userid' in member)) return member;
    const external_userid = bonds.ofMember(member.userid).map((bond) => bond.externalUserId);
    return external_userid.length > 0 ? ok({ external_userid }) : refuse(84061, 'not external contact');
  }

  function get({ query }: ApiCall): Reply {
    const customer = world.customers.get(text(query.external_userid));
    if (!customer) return refuse(40096, 'invalid external userid');
    const shown = bonds.ofCustomer(customer.externalUserId).filter(({ userid }) => 'userid' in serving(userid));
    if (shown.length === 0) return refuse(84061, 'not external contact');
    return ok({ external_contact: contactView(customer), follow_user: shown.map(followView) });
  }

  function followView(bond: Bond): object {
    const { tagIds, ...rest } = baseView(bond);
    const tags = tagIds.map((tag_id) => {
      const tag = bonds.tags.get(tag_id);
      return { group_name: tag?.groupName, tag_name: tag?.name, tag_id, type: 1 };
    });
    return { ...rest, tags };
  }

  function batch({ body }: ApiCall): Reply {
    const ids = strings(body.userid_list);
    if (ids.length === 0 || ids.length > 100) return badParam('userid_list');
    const members = ids.map(serving);
    const refused = members.find((member): member is Reply => !('userid' in member));
    if (refused) return refused;
    const all = ids.flatMap((userid) => bonds.ofMember(userid));
    const from = Number(Buffer.from(text(body.cursor), 'base64url').toString() || 0);
    const limit = Math.min(Number(body.limit ?? 50), 100);
    const page = all.slice(from, from + limit);
    const external_contact_list = page.map((bond) => {
      const { tagIds, ...rest } = baseView(bond);
      return {
        external_contact: contactView(world.customer(bond.externalUserId)),
        follow_info: { ...rest, tag_id: tagIds },
      };
    });
    const more = from + limit < all.length;
    const next_cursor = more ? Buffer.from(String(from + limit)).toString('base64url') : '';
    return ok({ external_contact_list, next_cursor });
  }

  /** The bond that a call writes to. */
  function bondOf(body: ApiCall['body']): Bond | Reply {
    const member = serving(text(body.userid));
    if (!('userid' in member)) return member;
    const bond = bonds.find(member.userid, text(body.external_userid));
    return bond && !bond.half && bond.endedBy !== 'member' ? bond : refuse(84061, 'not external contact');
  }

  function remark({ body }: ApiCall): Reply {
    const bond = bondOf(body);
    if (!('externalUserId' in bond)) return bond;
    if ([...text(body.remark)].length > 20) return badParam('remark is longer than 20');
    if ([...text(body.description)].length > 150) return badParam('description is longer than 150');
    if (body.remark !== undefined) bond.remark = text(body.remark);
    if (body.description !== undefined) bond.description = text(body.description);
    if (body.remark_company !== undefined) bond.remarkCompany = text(body.remark_company);
    if (body.remark_mobiles !== undefined) bond.remarkMobiles = strings(body.remark_mobiles).filter(Boolean);
    core.journal.touch();
    return ok();
  }

  function markTag({ body }: ApiCall): Reply {
    const bond = bondOf(body);
    if (!('externalUserId' in bond)) return bond;
    const [add, remove] = [strings(body.add_tag), strings(body.remove_tag)];
    if (add.length + remove.length === 0) return badParam('add_tag');
    if ([...add, ...remove].some((id) => !bonds.tags.has(id))) return refuse(40068, 'invalid tagid');
    for (const id of add) bond.tagIds.add(id);
    for (const id of remove) bond.tagIds.delete(id);
    core.journal.touch();
    return ok();
  }

  /** Without the right for customers every call is 48002. */
  const granted =
    (answer: Route['answer']): Route['answer'] =>
    (call) =>
      grants.customerContact ? answer(call) : refuse(48002, 'api forbidden for no permission');
  const route = (method: Route['method'], name: string, answer: Route['answer']): Route => ({
    method,
    path: `/cgi-bin/externalcontact/${name}`,
    tokens: ['app', 'contact'],
    answer: granted(answer),
  });
  return [
    route('GET', 'get_follow_user_list', followers),
    route('GET', 'list', list),
    route('GET', 'get', get),
    route('POST', 'batch/get_by_user', batch),
    route('POST', 'remark', remark),
    route('POST', 'mark_tag', markTag),
  ];
}

function contactView({ externalUserId, name, type, gender, unionId, company }: Customer): object {
  const base = { external_userid: externalUserId, name, avatar: '', type, gender };
  return type === 1 ? { ...base, unionid: unionId } : { ...base, corp_name: company, corp_full_name: company };
}

function baseView(bond: Bond) {
  return {
    userid: bond.userid,
    remark: bond.remark,
    description: bond.description,
    createtime: seconds(bond.addedAt),
    remark_corp_name: bond.remarkCompany,
    remark_mobiles: bond.remarkMobiles,
    oper_userid: bond.userid,
    add_way: bond.addWay,
    state: bond.state,
    tagIds: [...bond.tagIds],
  };
}
