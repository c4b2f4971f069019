/** Customer groups: how they begin, change and end in the client, and what the app may read of them. */
import type { Delivery } from '../../platform/deliveries.ts';
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import { type Chat, type ChatRef, idOf, type PersonRef } from '../world.ts';
import type { XmlFields } from '../xml.ts';

/** Details of a new group can be read only so long after it began (wecom.md §2.3). */
const WRITTEN_MS = 2000;

export interface CustomerGroups {
  /** Founds a customer group in the client; the API sees it two seconds later. */
  foundGroup(name: string, members: readonly PersonRef[]): { readonly chat: Chat; readonly delivery: Delivery };
  joinGroup(chat: ChatRef, person: PersonRef, invitor?: PersonRef): Delivery;
  leaveGroup(chat: ChatRef, person: PersonRef, removed?: boolean): Delivery;
  renameGroup(chat: ChatRef, name: string): Delivery;
  handGroupTo(chat: ChatRef, owner: PersonRef): Delivery;
  dismissGroup(chat: ChatRef): Delivery;
}

export function createCustomerGroups(core: Core): {
  readonly groups: CustomerGroups;
  readonly routes: readonly Route[];
} {
  const { world, deliveries, events, clock, journal, random, grants } = core;
  const readableAt = new Map<string, number>();

  function fire(chat: Chat, change: string, more: XmlFields = {}): Delivery {
    journal.touch();
    return deliveries.send(
      events.sysEvent('change_external_chat', { ChatId: chat.chatId, ChangeType: change, ...more }),
    );
  }

  function update(chat: Chat, detail: string, more: XmlFields = {}): Delivery {
    const LastMemVer = chat.version;
    if (detail.endsWith('_member')) chat.version = random.hex(32);
    const versions = detail.endsWith('_member') ? { LastMemVer, CurMemVer: chat.version } : {};
    return fire(chat, 'update', { UpdateDetail: detail, ...more, ...versions });
  }

  const one = (id: string): XmlFields => ({ MemChangeCnt: 1, MemChangeList: { Item: [id] } });

  const groups: CustomerGroups = {
    foundGroup(name, members) {
      const chat = world.createGroup({ name, members });
      readableAt.set(chat.chatId, clock.now() + WRITTEN_MS);
      return { chat, delivery: fire(chat, 'create') };
    },
    joinGroup(ref, who, by) {
      const [chat, id] = [world.chat(ref), idOf(world.person(who))];
      chat.memberIds.add(id);
      const invitorId = by === undefined ? null : idOf(world.person(by));
      chat.joins.set(id, { at: clock.now(), scene: invitorId === null ? 3 : 1, invitorId });
      return update(chat, 'add_member', { JoinScene: invitorId === null ? 3 : 0, ...one(id) });
    },
    leaveGroup(ref, who, removed = false) {
      const [chat, id] = [world.chat(ref), idOf(world.person(who))];
      chat.memberIds.delete(id);
      chat.joins.delete(id);
      return update(chat, 'del_member', { QuitScene: removed ? 1 : 0, ...one(id) });
    },
    renameGroup(ref, name) {
      const chat = world.chat(ref);
      chat.name = name;
      return update(chat, 'change_name');
    },
    handGroupTo(ref, owner) {
      const chat = world.chat(ref);
      chat.ownerId = world.member(owner).userid;
      return update(chat, 'change_owner');
    },
    dismissGroup(ref) {
      const chat = world.chat(ref);
      chat.dissolved = true;
      return fire(chat, 'dismiss');
    },
  };

  const isReadable = (chat: Chat | undefined): chat is Chat =>
    chat?.kind === 'customer_group' && !chat.dissolved && (readableAt.get(chat.chatId) ?? 0) <= clock.now();

  function list({ body }: ApiCall): Reply {
    const limit = Number(body.limit);
    if (!(limit >= 1 && limit <= 1000)) return badParam('limit');
    const owners = strings(asObject(body.owner_filter)?.userid_list);
    const all = [...world.chats.values()].filter(isReadable);
    const wanted = all.filter(({ ownerId }) => owners.length === 0 || owners.includes(ownerId ?? ''));
    const from = Number(Buffer.from(text(body.cursor), 'base64url').toString() || 0);
    const group_chat_list = wanted.slice(from, from + limit).map(({ chatId }) => ({ chat_id: chatId, status: 0 }));
    const more = from + limit < wanted.length;
    return ok({
      group_chat_list,
      ...(more && { next_cursor: Buffer.from(String(from + limit)).toString('base64url') }),
    });
  }

  function get({ body }: ApiCall): Reply {
    const chat = world.chats.get(text(body.chat_id));
    if (chat && chat.kind !== 'customer_group') return refuse(90501, 'chatid is not an external group chat');
    if (!isReadable(chat)) return refuse(86001, 'invalid chat id');
    const member_list = [...chat.memberIds].map((id) => memberView(chat, id, body.need_name === 1));
    const head = { chat_id: chat.chatId, name: chat.name, owner: chat.ownerId, notice: '' };
    const create_time = Math.floor(chat.createdAt / 1000);
    const rest = { create_time, member_version: chat.version, admin_list: [], member_list };
    return ok({ group_chat: { ...head, ...rest } });
  }

  function memberView(chat: Chat, id: string, withName: boolean): object {
    const person = world.person(id);
    const join = chat.joins.get(id);
    return {
      userid: id,
      type: 'userid' in person ? 1 : 2,
      ...('unionId' in person && person.type === 1 && { unionid: person.unionId }),
      join_time: Math.floor((join?.at ?? chat.createdAt) / 1000),
      join_scene: join?.scene ?? 1,
      ...(join?.invitorId && { invitor: { userid: join.invitorId } }),
      group_nickname: '',
      ...(withName && { name: person.name }),
    };
  }

  const route = (name: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/cgi-bin/externalcontact/groupchat/${name}`,
    tokens: ['app', 'contact'],
    answer: (call) =>
      grants.customerContact && grants.wholeCompany ? answer(call) : refuse(48002, 'api forbidden for no permission'),
  });
  return { groups, routes: [route('list', list), route('get', get)] };
}
