/** Reading and recalling messages: one with the parts of its forward, a chat's history by pages, and taking one's own back. */
import type { ApiCall } from '../platform/http-face.ts';
import type { Core } from './core.ts';
import { messageView } from './message-view.ts';
import { refuseWriting } from './receivers.ts';
import { ok, type Reply, type Route, refuse } from './reply.ts';
import type { Chat } from './world.ts';

export function createReadingApi(core: Core): Route[] {
  const { world, options, journal } = core;

  function refuseReading(chat: Chat): Reply | null {
    if (chat.kind === 'group' && options.groupMessages !== 'all') {
      return refuse(230027, 'Lack of necessary permissions, ext=need scope: im:message.group_msg');
    }
    return refuseWriting(chat);
  }

  function get({ params }: ApiCall): Reply {
    const message = world.messages.get(params.message_id ?? '');
    if (!message) return refuse(99992354, 'The request you send is not a valid {message_id} or not exists');
    const parts = message.forwarded.map((part) => messageView(core, part, message));
    return refuseReading(world.chat(message.chatId)) ?? ok({ items: [messageView(core, message), ...parts] });
  }

  function list({ query }: ApiCall): Reply {
    const chat = world.chats.get(query.container_id ?? '');
    if (query.container_id_type !== 'chat' || !chat) {
      return refuse(230001, 'Your request contains an invalid request parameter, ext=container_id.');
    }
    const refusal = refuseReading(chat);
    if (refusal) return refusal;
    const size = Math.min(50, Number(query.page_size ?? 20));
    const from = Number(query.start_time ?? 0) * 1000;
    const until = Number(query.end_time ?? Number.POSITIVE_INFINITY) * 1000;
    const found = world.messagesIn(chat).filter((message) => message.createdAt >= from && message.createdAt <= until);
    if (query.sort_type === 'ByCreateTimeDesc') found.reverse();
    const start = Number(query.page_token ?? 0);
    const page = found.slice(start, start + size);
    const more = start + size < found.length;
    return ok({
      has_more: more,
      page_token: more ? String(start + size) : '',
      items: page.map((message) => messageView(core, message)),
    });
  }

  function recall({ params }: ApiCall): Reply {
    const message = world.messages.get(params.message_id ?? '');
    if (!message) return refuse(99992354, 'The request you send is not a valid {message_id} or not exists');
    if (message.deleted) return refuse(230011, 'The message was withdrawn.');
    if (message.sender.kind !== 'bot') return refuse(230026, 'No permission to recall this message.');
    message.deleted = true;
    journal.touch();
    return ok();
  }

  return [
    { method: 'GET', path: '/open-apis/im/v1/messages', auth: 'tenant', answer: list },
    { method: 'GET', path: '/open-apis/im/v1/messages/:message_id', auth: 'tenant', answer: get },
    { method: 'DELETE', path: '/open-apis/im/v1/messages/:message_id', auth: 'tenant', answer: recall },
  ];
}
