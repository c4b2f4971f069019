/** Chats and their members as our bot may see them, and making a group. */
import { type ApiCall, text } from '../platform/http-face.ts';
import type { Core } from './core.ts';
import { missingField, ok, type Reply, type Route, refuse } from './reply.ts';
import type { Chat } from './world.ts';

export function createChatsApi(core: Core): Route[] {
  const { world, options } = core;

  /** Numbers in strings, as the platform gives them. */
  const view = (chat: Chat): Record<string, unknown> => ({
    name: chat.name,
    description: '',
    owner_id: chat.ownerId ?? '',
    owner_id_type: 'open_id',
    chat_mode: chat.kind === 'p2p' ? 'p2p' : 'group',
    chat_type: 'private',
    external: chat.external,
    tenant_key: options.tenantKey,
    user_count: String(chat.memberIds.size),
    bot_count: chat.botIn ? '1' : '0',
    chat_status: chat.dissolved ? 'dissolved' : 'normal',
  });

  function visible(id: string | undefined): Chat | Reply {
    const chat = world.chats.get(id ?? '');
    if (!chat) return refuse(232006, 'Your request specifies an invalid chat_id.');
    return chat.botIn ? chat : refuse(232011, 'Operator can NOT be out of the chat.');
  }

  function members({ params, query }: ApiCall): Reply {
    const chat = visible(params.chat_id);
    if ('status' in chat) return chat;
    const size = Math.min(100, Number(query.page_size ?? 20));
    const start = Number(query.page_token ?? 0);
    const all = [...chat.memberIds].map((id) => world.person(id));
    const items = all.slice(start, start + size).map((person) => ({
      member_id_type: 'open_id',
      member_id: person.openId,
      name: person.name,
      tenant_key: person.tenantKey,
    }));
    const more = start + size < all.length;
    return ok({ items, has_more: more, page_token: more ? String(start + size) : '', member_total: all.length });
  }

  function create({ body }: ApiCall): Reply {
    const name = text(body.name);
    const ids = Array.isArray(body.user_id_list) ? body.user_id_list.map(String) : [];
    if ([...name].length > 60) return missingField('name');
    if (ids.some((id) => !world.people.get(id)?.internal))
      return refuse(232043, 'Your request contains unavailable ids.');
    const chat = world.createGroup({ name, members: ids });
    chat.botIn = true;
    return ok({ chat_id: chat.chatId, ...view(chat) });
  }

  return [
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats',
      auth: 'tenant',
      answer: () => {
        const mine = [...world.chats.values()].filter((chat) => chat.kind === 'group' && chat.botIn && !chat.dissolved);
        return ok({
          items: mine.map((chat) => ({ chat_id: chat.chatId, ...view(chat) })),
          has_more: false,
          page_token: '',
        });
      },
    },
    { method: 'POST', path: '/open-apis/im/v1/chats', auth: 'tenant', answer: create },
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats/:chat_id',
      auth: 'tenant',
      answer: ({ params }) => {
        const chat = visible(params.chat_id);
        return 'status' in chat ? chat : ok(view(chat));
      },
    },
    { method: 'GET', path: '/open-apis/im/v1/chats/:chat_id/members', auth: 'tenant', answer: members },
    {
      method: 'GET',
      path: '/open-apis/im/v1/chats/:chat_id/members/is_in_chat',
      auth: 'tenant',
      answer: ({ params }) => ok({ is_in_chat: world.chats.get(params.chat_id ?? '')?.botIn ?? false }),
    },
  ];
}
