/** Carries out the orders of the outbox: texts, cards, updates and look-ups. */
import { createHash } from 'node:crypto';
import { type Address, DeliveryError, type Order, type Receipt } from '../../src/channel/delivery.ts';
import { pageLinks } from '../../src/channel/page-link.ts';
import { drawCard } from './cards.ts';
import type { FeishuClient } from './client.ts';
import { toDeliveryError } from './errors.ts';
import type { Api, Limiter } from './limiter.ts';
import type { Lookup } from './lookup.ts';
import { clip, plainWords } from './text.ts';
import type { Writers } from './writers.ts';

/** A wait this short is cheaper than a round through the queue. */
const patienceMs = 300;
/** Cards can be updated for 14 days (230031 afterwards). */
export const updateWindowMs = 14 * 24 * 3_600_000;
/** 150 KB of request body; three bytes to a Chinese character, JSON twice around it. */
const maxText = 20_000;

export interface DeliverParts {
  readonly client: FeishuClient;
  readonly limiter: Limiter;
  readonly writers: Writers;
  readonly lookup: Lookup;
  readonly now: () => number;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Where links into the client begin. */
  readonly applink: string;
}

/** Rejects with a DeliveryError only. */
export function createDeliver(parts: DeliverParts): (order: Order) => Promise<Receipt> {
  const { client, lookup } = parts;

  async function send(
    to: Address,
    type: 'text' | 'interactive' | 'image',
    content: object,
    key: string,
  ): Promise<Receipt> {
    await hold('send');
    const reply = await client.asApp((lark, auth) =>
      lark.im.v1.message.create(
        {
          params: { receive_id_type: to.kind === 'person' ? 'open_id' : 'chat_id' },
          data: { receive_id: to.id, msg_type: type, content: JSON.stringify(content), uuid: uuidOf(key) },
        },
        auth,
      ),
    );
    const messageId = reply.data?.message_id;
    if (!messageId) throw new DeliveryError('retryable', 'no_message_id', '飞书的应答里没有消息编号，稍后会再试。');
    return { kind: 'sent', messageId, updateHandle: null };
  }

  async function update(order: Extract<Order, { kind: 'card.update' }>): Promise<Receipt> {
    const { messageId } = order;
    if (parts.now() - order.sentAt > updateWindowMs) {
      throw new DeliveryError('permanent', 'update_window_closed', '卡片发出已超过 14 天，飞书不再接受更新。');
    }
    const quietMs = parts.writers.quietFor(messageId);
    if (quietMs > 0) throw new DeliveryError('throttled', 'tap_in_flight', '有人刚点了这张卡片，稍后更新。', quietMs);
    throttled(await parts.limiter.holdFor(messageId, patienceMs));
    const content = JSON.stringify(drawCard(order.card, parts.publicUrl, parts.applink));
    await parts.writers.patch(messageId, () =>
      client.asApp((lark, auth) =>
        lark.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }, auth),
      ),
    );
    return { kind: 'updated' };
  }

  /** Wants the scope `im:resource:upload`. https://open.feishu.cn/document/server-docs/im-v1/image/create */
  async function upload(image: Buffer): Promise<string> {
    await hold('image');
    const reply = await client.asApp((lark, auth) =>
      lark.im.v1.image.create({ data: { image_type: 'message', image } }, auth),
    );
    if (!reply?.image_key)
      throw new DeliveryError('retryable', 'no_image_key', '飞书的应答里没有图片编号，稍后会再试。');
    return reply.image_key;
  }

  const hold = async (api: Api): Promise<void> => throttled(await parts.limiter.hold(api, patienceMs));

  async function carryOut(order: Order): Promise<Receipt> {
    const textOf = ({ text, links }: Extract<Order, { kind: 'text.send' }>): string =>
      [
        plainWords(clip(text, maxText)),
        ...pageLinks(parts.publicUrl, links).map(({ label, url }) => `[${plainWords(label)}](${url})`),
      ].join('\n');
    switch (order.kind) {
      case 'text.send':
        return send(order.to, 'text', { text: textOf(order) }, order.key);
      case 'card.send':
        return send(order.to, 'interactive', drawCard(order.card, parts.publicUrl, parts.applink), order.key);
      case 'picture.send':
        return send(order.to, 'image', { image_key: await upload(order.png) }, order.key);
      case 'card.update':
        return update(order);
      case 'person.lookup':
        await hold('lookup');
        return { kind: 'person', name: await lookup.personName(order.chatId, order.personId) };
      case 'chat.lookup':
        await hold('lookup');
        return { kind: 'chat', name: await lookup.chatName(order.chatId) };
      case 'contact.lookup':
      case 'welcome.send':
      case 'todo.put':
      case 'session.assign':
        // Feishu has neither an address book of outsiders nor service sessions.
        throw new DeliveryError('permanent', 'not_on_feishu', '飞书没有这个功能。');
    }
  }

  return async (order) => {
    try {
      return await carryOut(order);
    } catch (error) {
      throw toDeliveryError(error);
    }
  };
}

function throttled(waitMs: number): void {
  if (waitMs > 0) throw new DeliveryError('throttled', 'local_limit', '发送已到飞书的频率上限，稍后再发。', waitMs);
}

/** The platform drops a second message with the same uuid for one hour; it takes 50 characters. */
function uuidOf(key: string): string {
  return key.length <= 50 ? key : createHash('sha256').update(key).digest('base64url');
}
