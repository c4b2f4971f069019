/** Groups that the app makes and writes into: `appchat/…` (wecom.md §3.5). Members' words in them never reach the app. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import { reachable } from '../sent.ts';
import type { Chat } from '../world.ts';

const TYPES = new Set(['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'mpnews', 'markdown']);

export function createAppchatApi(core: Core, known: (mediaId: string) => boolean): Route[] {
  const { world, grants, random, options, journal } = core;

  function create({ body }: ApiCall): Reply {
    const ids = strings(body.userlist);
    const chatid = text(body.chatid) || random.hex(24);
    if (ids.length < 2 || ids.length > 2000) return refuse(86006, 'invalid chat member count');
    if (!/^[0-9a-zA-Z]{1,32}$/.test(chatid)) return refuse(86003, 'invalid chatid');
    if (world.chats.has(chatid)) return refuse(86215, 'chatid exists');
    if ([...text(body.name)].length > 50) return refuse(86004, 'invalid chat name');
    if (ids.some((id) => !reachable(world.members.get(id)))) return refuse(86007, 'invalid chat member');
    const owner = text(body.owner) || (random.pick(ids) ?? '');
    if (!ids.includes(owner)) return refuse(86005, 'invalid chat owner');
    const chat = world.createGroup({ name: text(body.name) || '群聊', members: ids, byApp: chatid });
    chat.ownerId = owner;
    return ok({ chatid });
  }

  function ours(id: string): Chat | Reply {
    const chat = world.chats.get(id);
    if (!chat) return refuse(86001, 'invalid chatid');
    if (!chat.byApp) return refuse(86008, 'chat is not created by this app');
    return chat.dissolved ? refuse(49008, 'chat is dissolved') : chat;
  }

  function update({ body }: ApiCall): Reply {
    const chat = ours(text(body.chatid));
    if (!('memberIds' in chat)) return chat;
    for (const id of strings(body.add_user_list)) chat.memberIds.add(world.member(id).userid);
    for (const id of strings(body.del_user_list)) chat.memberIds.delete(id);
    if (text(body.name) !== '') chat.name = text(body.name);
    if (text(body.owner) !== '') chat.ownerId = text(body.owner);
    journal.touch();
    return ok();
  }

  function get({ query }: ApiCall): Reply {
    const chat = ours(text(query.chatid));
    if (!('memberIds' in chat)) return chat;
    const { name, ownerId, memberIds, chatId } = chat;
    return ok({ chat_info: { name, owner: ownerId, userlist: [...memberIds], chatid: chatId } });
  }

  /** Neither a message id nor cards. */
  function send({ body }: ApiCall): Reply {
    const chat = ours(text(body.chatid));
    if (!('memberIds' in chat)) return chat;
    const type = text(body.msgtype);
    const content = asObject(body[type]);
    if (!TYPES.has(type) || !content) return refuse(40008, 'invalid message type');
    if (type === 'text' && text(content.content) === '') return refuse(44004, 'text content is empty');
    if (type === 'image' && !known(text(content.media_id))) return refuse(40007, 'invalid media_id');
    const sender = { kind: 'app' as const, id: String(options.agentId) };
    world.addMessage({ chatId: chat.chatId, sender, type, body: content });
    return ok();
  }

  const route = (method: Route['method'], name: string, answer: Route['answer']): Route => ({
    method,
    path: `/cgi-bin/appchat/${name}`,
    tokens: ['app'],
    answer: (call) => (grants.wholeCompany ? answer(call) : refuse(48002, 'api forbidden for no permission')),
  });
  return [
    route('POST', 'create', create),
    route('POST', 'update', update),
    route('GET', 'get', get),
    route('POST', 'send', send),
  ];
}
