/** The archive's small REST side: who is archived, who agreed, what an internal group is. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse } from '../reply.ts';
import type { Consent } from './consent.ts';

export function createArchiveApi(core: Core, consent: Consent): Route[] {
  const { world } = core;

  function permitted(): Reply {
    const ids = [...world.members.values()].filter(({ archived, departed }) => archived && !departed);
    return ok({ ids: ids.map(({ userid }) => userid) });
  }

  /** `exteranalopenid` is spelt so by the platform. */
  function singleAgree({ body }: ApiCall): Reply {
    const info = Array.isArray(body.info) ? body.info.map(asObject) : [];
    if (info.length === 0) return badParam('info');
    if (info.length > 100) return refuse(301061, 'more than 100 parameters');
    const agreeinfo = info.flatMap((pair) => {
      const [userid, exteranalopenid] = [text(pair?.userid), text(pair?.exteranalopenid)];
      if (!world.members.has(userid) || !world.customers.has(exteranalopenid)) return [];
      const chat = world.chatBetween('private', [userid, exteranalopenid]);
      const found = consent.of(chat.chatId, exteranalopenid);
      const status_change_time = Math.floor((found?.changedAt ?? 0) / 1000);
      return [{ status_change_time, userid, exteranalopenid, agree_status: found?.status ?? 'Disagree' }];
    });
    return ok({ agreeinfo });
  }

  function roomAgree({ body }: ApiCall): Reply {
    const chat = world.chats.get(text(body.roomid));
    if (chat?.kind !== 'customer_group') return refuse(90501, 'not a customer group');
    const outsiders = [...chat.memberIds].filter((id) => world.customers.has(id));
    const agreeinfo = outsiders.map((exteranalopenid) => {
      const found = consent.of(chat.chatId, exteranalopenid);
      const status_change_time = Math.floor((found?.changedAt ?? 0) / 1000);
      return { status_change_time, exteranalopenid, agree_status: found?.status ?? 'Disagree' };
    });
    return ok({ agreeinfo });
  }

  function group({ body }: ApiCall): Reply {
    const chat = world.chats.get(text(body.roomid));
    if (chat?.kind !== 'internal_group') return refuse(301059, 'not an internal group');
    const seconds = (at: number): number => Math.floor(at / 1000);
    const members = [...chat.joins].map(([memberid, { at }]) => ({ memberid, jointime: seconds(at) }));
    const head = { roomname: chat.name, creator: chat.ownerId, room_create_time: seconds(chat.createdAt), notice: '' };
    return ok({ ...head, members });
  }

  const post = (name: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/cgi-bin/msgaudit/${name}`,
    tokens: ['archive'],
    answer,
  });
  return [
    post('get_permit_user_list', permitted),
    post('check_single_agree', singleAgree),
    post('check_room_agree', roomAgree),
    post('groupchat/get', group),
  ];
}
