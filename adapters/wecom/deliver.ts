/** Carries out the orders of the outbox: texts, cards, updates, look-ups, greetings and service sessions. */
import { type Address, DeliveryError, type Order, type Receipt } from '../../src/channel/delivery.ts';
import { type PageLink, pageLinks } from '../../src/channel/page-link.ts';
import { isRefusedWith } from './api-failure.ts';
import { cardLinks, drawCard, drawNotice, drawUpdate, wordsOf } from './cards.ts';
import { readChat } from './chats.ts';
import { toDeliveryError } from './errors.ts';
import type { JsonRecord } from './json.ts';
import type { Lookup } from './lookup.ts';
import type { Sender } from './sender.ts';
import { taskIdOf, updateWindowMs } from './task.ts';
import type { Webhooks } from './webhooks.ts';

export interface DeliverParts {
  readonly sender: Sender;
  readonly webhooks: Webhooks;
  readonly lookup: Lookup;
  readonly now: () => number;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Gives a service session to the first who can take it. */
  readonly assign: (
    openKfId: string,
    outsiderId: string,
    staffIds: readonly string[],
  ) => Promise<Receipt & { kind: 'assigned' }>;
  /** Orders that are the AI bot's to carry out; null when this one is not. */
  readonly byBot: (order: Order) => Promise<Receipt | null>;
}

/** The task id of this card was used: an attempt before this one got through, and its answer was lost. */
const usedTaskId = 42014;

/** Rejects with a DeliveryError only. */
export function createDeliver(parts: DeliverParts): (order: Order) => Promise<Receipt> {
  const { sender, webhooks, lookup, publicUrl } = parts;

  async function sendText(order: Order, to: Address, text: string, links: readonly PageLink[]): Promise<Receipt> {
    const receiver = receiverOf(to);
    if (receiver.kind === 'person') return sent(await sender.text(receiver.userId, text, links));
    if (receiver.kind === 'webhook') await webhooks.text(receiver.name, text, links);
    else await sender.groupText(receiver.chatId, text, links);
    return sent(order.key);
  }

  async function sendPicture({ key, to, png }: Extract<Order, { kind: 'picture.send' }>): Promise<Receipt> {
    const receiver = receiverOf(to);
    if (receiver.kind === 'webhook') await webhooks.image(receiver.name, png);
    else if (receiver.kind === 'person') await sender.image({ kind: 'person', id: receiver.userId }, png);
    else await sender.image({ kind: 'chat', id: receiver.chatId }, png);
    return sent(key);
  }

  async function sendCard(order: Extract<Order, { kind: 'card.send' }>): Promise<Receipt> {
    const receiver = receiverOf(order.to);
    const taskId = taskIdOf(order.key);
    const card = receiver.kind === 'person' ? drawCard(order.card, taskId, publicUrl) : null;
    if (receiver.kind === 'chat') {
      await sender.groupMarkdown(receiver.chatId, wordsOf(order.card), cardLinks(order.card, publicUrl));
      return sent(order.key);
    }
    const notice = receiver.kind === 'webhook' ? drawNotice(order.card, taskId, publicUrl) : null;
    if (receiver.kind === 'webhook' && notice !== null) {
      await webhooks.card(receiver.name, notice);
      return sent(order.key);
    }
    if (receiver.kind !== 'person' || card === null) {
      return sendText(order, order.to, wordsOf(order.card), cardLinks(order.card, publicUrl));
    }
    return { kind: 'sent', messageId: taskId, updateHandle: await sendOnce(receiver.userId, card) };
  }

  async function sendOnce(userId: string, card: JsonRecord): Promise<string | null> {
    try {
      return await sender.card(userId, card);
    } catch (error) {
      if (isRefusedWith(error, usedTaskId)) return null;
      throw error;
    }
  }

  async function update(order: Extract<Order, { kind: 'card.update' }>): Promise<Receipt> {
    const receiver = receiverOf(order.to);
    if (receiver.kind !== 'person') return closed('群里的卡片不能更新。');
    if (order.updateHandle === null) return closed('卡片的一次更新机会已用过。');
    if (parts.now() - order.sentAt > updateWindowMs) return closed('卡片发出已超过 72 小时，企业微信不再接受更新。');
    await sender.update(receiver.userId, order.updateHandle, drawUpdate(order.card, order.messageId, publicUrl));
    return { kind: 'updated' };
  }

  async function carryOut(order: Order): Promise<Receipt> {
    switch (order.kind) {
      case 'text.send':
        return sendText(order, order.to, order.text, pageLinks(publicUrl, order.links));
      case 'card.send':
        return sendCard(order);
      case 'picture.send':
        return sendPicture(order);
      case 'card.update':
        return update(order);
      case 'person.lookup':
        return { kind: 'person', name: await lookup.personName(order.chatId, order.personId) };
      case 'chat.lookup':
        return { kind: 'chat', name: await lookup.chatName(order.chatId) };
      case 'contact.lookup':
        return { kind: 'contact', contact: await lookup.contact(order.staffId, order.personId) };
      case 'welcome.send':
        await sender.welcome(order.welcomeCode, order.text);
        return { kind: 'done' };
      case 'todo.put':
        throw new DeliveryError('permanent', 'not_on_wecom', '企业微信没有这个功能。');
      case 'session.assign': {
        const chat = readChat(order.chatId);
        if (chat.kind !== 'service') throw new DeliveryError('permanent', 'not_a_session', '这不是微信客服的会话。');
        return parts.assign(chat.openKfId, chat.outsiderId, order.staffIds);
      }
    }
  }

  return async (order) => {
    try {
      // Whoever asks the bot is answered by the bot, and its chats are its own.
      return (await parts.byBot(order)) ?? (await carryOut(order));
    } catch (error) {
      throw toDeliveryError(error);
    }
  };
}

type Receiver =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'chat'; readonly chatId: string }
  | { readonly kind: 'webhook'; readonly name: string };

/** Customers cannot be written to freely: the platform has no call for it, and a service chat belongs to who answers there. */
function receiverOf({ kind, id }: Address): Receiver {
  if (kind === 'person') return { kind: 'person', userId: id };
  const chat = readChat(id);
  if (chat.kind === 'app') return { kind: 'person', userId: chat.userId };
  if (chat.kind === 'webhook') return chat;
  if (chat.kind === 'private' || chat.kind === 'service') {
    throw new DeliveryError('permanent', 'customer_chat', '企业微信不允许应用直接给客户发消息，请由同事在聊天里发。');
  }
  return { kind: 'chat', chatId: id };
}

const sent = (messageId: string): Receipt => ({ kind: 'sent', messageId, updateHandle: null });

function closed(message: string): never {
  throw new DeliveryError('permanent', 'update_window_closed', message);
}
