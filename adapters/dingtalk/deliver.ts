/** Carries out the orders of the outbox: texts, cards, updates and look-ups. */
import { createHash } from 'node:crypto';
import type { CallRates } from '../../src/channel/call-rates.ts';
import { DeliveryError, type Order, type Receipt } from '../../src/channel/delivery.ts';
import { pageLinks } from '../../src/channel/page-link.ts';
import { ApiFailure } from './api-failure.ts';
import { type Call, createCardCalls, updatePath } from './card-calls.ts';
import type { CardOutage } from './card-outage.ts';
import type { DingtalkClient } from './client.ts';
import { isMonthOverCode } from './error-rules.ts';
import { toDeliveryError } from './errors.ts';
import { drawAsWords, wordsPrefix } from './fallback.ts';
import { perApi } from './limiter.ts';
import type { Lookup } from './lookup.ts';
import type { LinkDrawer } from './page-address.ts';
import { createRobotCalls } from './robot-calls.ts';
import type { Sessions } from './sessions.ts';
import type { DingtalkSettings } from './settings.ts';
import { createTodoCalls } from './todo-calls.ts';
import type { Writers } from './writers.ts';

export interface DeliverParts {
  readonly settings: DingtalkSettings;
  readonly client: DingtalkClient;
  readonly sessions: Sessions;
  readonly rates: CallRates;
  readonly lookup: Lookup;
  /** The same that answer taps: a PUT during a tap on the card is refused. */
  readonly writers: Writers;
  readonly outage: CardOutage;
  readonly linkOf: LinkDrawer;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  readonly now: () => number;
}

/** How long we let a card be updated: the platform names no end, and who looks back further finds the matter in the CRM. */
export const updateWindowMs = 30 * 24 * 3_600_000;
/** A wait this short is cheaper than a round through the queue. */
const patienceMs = 1_000;

/** Rejects with a DeliveryError only. */
export function createDeliver(parts: DeliverParts): (order: Order) => Promise<Receipt> {
  const { settings, client, rates, writers, outage, linkOf, now } = parts;

  const call: Call = async (method, path, body) => {
    await hold(`${method} ${path}`);
    return client.api(method, path, body);
  };
  const cards = createCardCalls(settings, call, client.api, linkOf);
  const putTodo = createTodoCalls(
    client,
    async (method, path, body, as) => {
      await hold(`${method} ${as}`);
      return client.api(method, path, body, as);
    },
    linkOf,
  );
  const robot = createRobotCalls(settings, parts.sessions, client, call);

  async function hold(api: string): Promise<void> {
    const waitMs = await rates.hold(api, perApi, patienceMs);
    if (waitMs > 0) throw new DeliveryError('throttled', 'local_limit', '调用已到钉钉的频率上限，稍后再发。', waitMs);
  }

  async function sendCard({ key, to, card, failedWith }: Extract<Order, { kind: 'card.send' }>): Promise<Receipt> {
    if (!outage.active()) {
      const outTrackId = trackIdOf(key);
      try {
        await cards.create(outTrackId, to, card, failedWith);
        outage.worked();
        return sent(outTrackId);
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        // Calls are used up for weeks, but answers are not: better words now than a card next month.
        const unpaid = isMonthOverCode(error.code) && robot.hasSession(to);
        if (!unpaid && !outage.failed(error)) throw error;
      }
    }
    await robot.markdown(to, drawAsWords(card, linkOf));
    return sent(wordsPrefix + key);
  }

  async function update({ messageId, sentAt, card }: Extract<Order, { kind: 'card.update' }>): Promise<Receipt> {
    if (messageId.startsWith(wordsPrefix)) return closed('这张卡片当时是以文字发出的，钉钉不能更新它。');
    if (now() - sentAt > updateWindowMs) return closed('卡片发出已超过 30 天，不再更新。');
    await hold(`PUT ${updatePath}`);
    const quietMs = writers.quietFor(messageId);
    if (quietMs > 0) throw new DeliveryError('throttled', 'tap_in_flight', '有人刚点了这张卡片，稍后更新。', quietMs);
    await writers.put(messageId, () => cards.update(messageId, card));
    return { kind: 'updated' };
  }

  /** Plain words: clients make links of addresses by themselves. */
  const textOf = ({ text, links }: Extract<Order, { kind: 'text.send' }>): string =>
    [text, ...pageLinks(parts.publicUrl, links).map(({ label, url }) => `${label}：${url}`)].join('\n');

  async function carryOut(order: Order): Promise<Receipt> {
    switch (order.kind) {
      case 'text.send':
        return sent((await robot.text(order.to, textOf(order))) ?? order.key);
      case 'card.send':
        return sendCard(order);
      case 'picture.send': {
        await hold('POST /media/upload');
        const mediaId = await client.uploadImage('chart.png', order.png);
        return sent((await robot.image(order.to, mediaId)) ?? order.key);
      }
      case 'card.update':
        return update(order);
      case 'person.lookup':
        await hold('person.lookup');
        return { kind: 'person', name: await parts.lookup.personName(order.personId) };
      case 'chat.lookup':
        // Every message brings the name of its chat; asking for it would cost a metered call.
        return { kind: 'chat', name: null };
      case 'todo.put':
        return putTodo(order);
      case 'contact.lookup':
      case 'welcome.send':
      case 'session.assign':
        // DingTalk has neither an address book of outsiders with whom one chats nor service sessions.
        throw new DeliveryError('permanent', 'not_on_dingtalk', '钉钉没有这个功能。');
    }
  }

  return async (order) => {
    try {
      return await carryOut(order);
    } catch (error) {
      throw toDeliveryError(error, settings.clientId, now());
    }
  };
}

/** One id is one card for ever, which is what makes a retry after a crash harmless. It takes 100 characters. */
function trackIdOf(key: string): string {
  return `ld-${key.length <= 90 ? key : createHash('sha256').update(key).digest('base64url')}`;
}

const sent = (messageId: string): Receipt => ({ kind: 'sent', messageId, updateHandle: null });

function closed(message: string): never {
  throw new DeliveryError('permanent', 'update_window_closed', message);
}
