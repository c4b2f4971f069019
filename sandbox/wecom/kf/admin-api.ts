/** Accounts, links, staff and states of sessions as the app manages them (wecom-kf.md §4, §6). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import type { KfBook } from './book.ts';
import { checkAccount } from './reading-api.ts';
import { MOVES, type SessionState, type Sessions } from './sessions.ts';

export function createKfAdminApi(core: Core, book: KfBook, sessions: Sessions): Route[] {
  const { world, random } = core;

  function list({ body }: ApiCall): Reply {
    const [offset, limit] = [Number(body.offset ?? 0), Number(body.limit ?? 100)];
    if (!(limit >= 1 && limit <= 100)) return badParam('limit');
    const account_list = [...book.accounts.values()]
      .slice(offset, offset + limit)
      .map(({ openKfId, name, managed }) => {
        return { open_kfid: openKfId, name, avatar: '', manage_privilege: managed };
      });
    return ok({ account_list });
  }

  function addContactWay({ body }: ApiCall): Reply {
    const openKfId = text(body.open_kfid);
    if (!book.accounts.has(openKfId)) return refuse(95004, 'open_kfid not exist');
    if (!/^[\w-]{0,32}$/.test(text(body.scene))) return badParam('scene');
    const scene = body.scene === undefined ? '' : `&scene=${text(body.scene)}`;
    return ok({ url: `https://work.weixin.qq.com/kf/kfc${random.hex(16)}?enc_scene=${random.hex(16)}${scene}` });
  }

  function servicers({ query }: ApiCall): Reply {
    const account = book.accounts.get(text(query.open_kfid));
    if (!account) return refuse(95004, 'open_kfid not exist');
    const servicer_list = [...account.staff].map(([userid, { receiving, stopType }]) => {
      if (!account.managed) return { userid };
      return { userid, status: receiving ? 0 : 1, ...(!receiving && { stop_type: stopType }) };
    });
    return ok({ servicer_list });
  }

  function changeStaff({ body }: ApiCall, add: boolean): Reply {
    const openKfId = text(body.open_kfid);
    const refused = checkAccount(core, book, openKfId);
    if (refused) return refused;
    const ids = strings(body.userid_list);
    if (ids.length === 0 || ids.length > 100) return badParam('userid_list');
    const { staff } = book.account(openKfId);
    const result_list = ids.map((userid) => {
      const member = world.members.get(userid);
      if (!member?.visible) return { userid, errcode: 60030, errmsg: 'not in the visible range' };
      if (!member.activated) return { userid, errcode: 95014, errmsg: 'not activated' };
      const same = staff.has(userid) === add;
      if (add && !same) staff.set(userid, { receiving: true, stopType: 0 });
      if (!add) staff.delete(userid);
      return { userid, errcode: 0, errmsg: same ? 'ignored' : 'success' };
    });
    return ok({ result_list });
  }

  function stateGet({ body }: ApiCall): Reply {
    const openKfId = text(body.open_kfid);
    const refused = checkAccount(core, book, openKfId);
    if (refused) return refused;
    if (!world.customers.has(text(body.external_userid))) return refuse(40096, 'invalid external_userid');
    const { state, servicer } = sessions.find(openKfId, text(body.external_userid)) ?? { state: 4, servicer: null };
    return ok({ service_state: state, ...(state === 3 && { servicer_userid: servicer }) });
  }

  function stateTrans({ body }: ApiCall): Reply {
    const openKfId = text(body.open_kfid);
    const refused = checkAccount(core, book, openKfId);
    if (refused) return refused;
    const session = sessions.find(openKfId, text(body.external_userid));
    if (!session) return refuse(world.customers.has(text(body.external_userid)) ? 95013 : 40096, 'no such session');
    const wanted = body.service_state as SessionState;
    if (session.state === 4) return refuse(95013, 'session is ended');
    if (!MOVES[session.state].includes(wanted)) return refuse(95016, 'invalid session state change');
    const userid = text(body.servicer_userid);
    const unfit = wanted === 3 ? checkServicer(openKfId, userid) : null;
    if (unfit) return unfit;
    const msg_code = sessions.move(session, wanted, userid);
    return ok(msg_code === null ? {} : { msg_code });
  }

  function checkServicer(openKfId: string, userid: string): Reply | null {
    const staff = book.account(openKfId).staff.get(userid);
    const member = world.members.get(userid);
    if (userid === '') return badParam('servicer_userid');
    if (!staff || !member?.activated || member.departed) return refuse(95014, 'not a servicer or not activated');
    return staff.receiving ? null : refuse(95019, 'servicer is not receiving');
  }

  const post = (name: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/cgi-bin/kf/${name}`,
    tokens: ['app'],
    answer,
  });
  return [
    post('account/list', list),
    post('add_contact_way', addContactWay),
    { method: 'GET', path: '/cgi-bin/kf/servicer/list', tokens: ['app'], answer: servicers },
    post('servicer/add', (call) => changeStaff(call, true)),
    post('servicer/del', (call) => changeStaff(call, false)),
    post('service_state/get', stateGet),
    post('service_state/trans', stateTrans),
  ];
}
