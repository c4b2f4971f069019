/** The ways to change a card outside a callback's answer: PATCH, the delayed update token, and cards for one pair of eyes. */
import { type ApiCall, text } from '../platform/http-face.ts';
import { asObject } from '../platform/json.ts';
import { createQuota } from '../platform/quota.ts';
import { cardRefusal, checkCard } from './card-check.ts';
import { isV2, readCard } from './card-json.ts';
import type { Core } from './core.ts';
import { messageView } from './message-view.ts';
import { refuseWriting } from './receivers.ts';
import { missingField, ok, type Reply, type Route, refuse } from './reply.ts';
import type { Message } from './world.ts';

export const CARD_LIFE_MS = 14 * 86_400_000;
const TOKEN_LIFE_MS = 30 * 60_000;
const TOKEN_USES = 2;
const CARD_LIMIT = 30 * 1024;

export function createCardUpdatesApi(core: Core): Route[] {
  const { journal, clock, world, options, taps } = core;
  const quota = createQuota(options.receiverQps, 1000, clock.now);

  /** Null when the stored card may become this one. */
  function refuseCard(message: Message, content: string): Reply | null {
    if (Buffer.byteLength(content) > CARD_LIMIT)
      return refuse(230025, 'The length of the message content reaches its limit.');
    const [before, after] = [readCard(message.content), readCard(content)];
    if (isV2(before) && after && !isV2(after)) {
      return cardRefusal(core, { code: 200830, path: 'ROOT', message: 'cards of schema V2 cannot go back to V1' });
    }
    const shared = [before, after].every((card) => isV2(card) || asObject(card?.config)?.update_multi === true);
    if (after && !shared)
      return refuse(230001, 'Your request contains an invalid request parameter, ext=update_multi is not true.');
    return checkCard(core, content);
  }

  function apply(message: Message, content: string): void {
    message.content = content;
    message.updates += 1;
    message.updatedAt = clock.now();
    journal.touch();
  }

  function ownMessage(id: string | undefined): Message | Reply {
    const message = world.messages.get(id ?? '');
    if (!message) return refuse(99992354, 'The request you send is not a valid {message_id} or not exists');
    if (message.deleted) return refuse(230011, 'The message was withdrawn.');
    return message.sender.kind === 'bot' ? message : refuse(230012, 'Bot/User is NOT the sender of the message.');
  }

  function patch({ params, body }: ApiCall): Reply {
    const message = ownMessage(params.message_id);
    if ('status' in message) return message;
    const content = text(body.content);
    if (content === '') return missingField('content');
    if (message.type !== 'interactive' || message.onlyFor) {
      return refuse(
        230001,
        'Your request contains an invalid request parameter, ext=This message is not a shared card.',
      );
    }
    if (clock.now() - message.createdAt > CARD_LIFE_MS) {
      journal.complain('update_too_late', `PATCH ${message.messageId}`);
      return refuse(230031, 'The message has exceeded the allowed update time.');
    }
    if (!quota.take(message.messageId)) {
      journal.complain('over_qps', `PATCH ${message.messageId}`);
      return refuse(230020, 'This operation triggers the frequency limit.');
    }
    if (taps.open.has(message.messageId)) {
      journal.complain('racing_update', `PATCH ${message.messageId} while a tap on it waits for its answer`);
      return refuse(230099, 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ');
    }
    const refusal = refuseCard(message, content);
    if (!refusal) apply(message, content);
    return refusal ?? ok();
  }

  function edit({ params, body }: ApiCall): Reply {
    const message = ownMessage(params.message_id);
    if ('status' in message) return message;
    const type = text(body.msg_type);
    if (message.type === 'interactive' || !['text', 'post'].includes(type)) {
      return refuse(
        230001,
        'Your request contains an invalid request parameter, ext=only text and post can be edited.',
      );
    }
    apply(message, text(body.content));
    return ok(messageView(core, message));
  }

  function delayed({ body }: ApiCall): Reply {
    const token = taps.tokens.get(text(body.token));
    const card = asObject(body.card);
    if (!token) return refuse(300020, 'invalid token');
    if (!card) return refuse(11311, 'card is missing');
    if (clock.now() - token.issuedAt > TOKEN_LIFE_MS) return refuse(300030, 'token is expired');
    if (token.uses >= TOKEN_USES) return refuse(300040, 'token has been used up');
    const message = world.message(token.messageId);
    if (message.deleted) return refuse(200000, 'message was recalled');
    if (!token.answered) {
      journal.complain('racing_update', `delayed update of ${message.messageId} before the tap was answered`);
      return refuse(11310, 'card action is lock');
    }
    const refusal = refuseCard(message, JSON.stringify(card));
    if (refusal) return refusal;
    token.uses += 1;
    apply(message, JSON.stringify(card));
    return ok();
  }

  function ephemeral({ body }: ApiCall): Reply {
    const chat = world.chats.get(text(body.chat_id));
    const openId = text(body.open_id);
    if (chat?.kind !== 'group' || chat.external)
      return refuse(230001, 'Your request contains an invalid request parameter, ext=chat_id.');
    const closed = refuseWriting(chat);
    if (closed) return closed;
    if (!chat.memberIds.has(openId))
      return refuse(230001, 'Your request contains an invalid request parameter, ext=user not in chat.');
    const content = JSON.stringify(body.card ?? null);
    const refusal = checkCard(core, content);
    if (refusal) return refusal;
    const sender = { kind: 'bot' as const, openId: world.bot.openId };
    const sent = world.addMessage({ chatId: chat.chatId, sender, type: 'interactive', content, onlyFor: openId });
    return ok({ message_id: sent.messageId });
  }

  function removeEphemeral({ body }: ApiCall): Reply {
    const message = ownMessage(text(body.message_id));
    if ('status' in message) return message;
    message.deleted = true;
    journal.touch();
    return ok();
  }

  return [
    { method: 'PATCH', path: '/open-apis/im/v1/messages/:message_id', auth: 'tenant', answer: patch },
    { method: 'PUT', path: '/open-apis/im/v1/messages/:message_id', auth: 'tenant', answer: edit },
    { method: 'POST', path: '/open-apis/interactive/v1/card/update', auth: 'tenant', answer: delayed },
    { method: 'POST', path: '/open-apis/ephemeral/v1/send', auth: 'tenant', answer: ephemeral },
    { method: 'POST', path: '/open-apis/ephemeral/v1/delete', auth: 'tenant', answer: removeEphemeral },
  ];
}
