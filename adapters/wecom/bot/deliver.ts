/** Carries out the orders that go to one of the bot's conversations. */
import { type Address, DeliveryError, type Order, type Receipt } from '../../../src/channel/delivery.ts';
import { pageLinks } from '../../../src/channel/page-link.ts';
import { cardLinks, drawCard, drawNotice, wordsOf } from '../cards.ts';
import { taskIdOf } from '../task.ts';
import { readBotChat, type Target } from './chat.ts';
import { strangeChat } from './errors.ts';
import type { Questions } from './questions.ts';
import type { Content } from './send.ts';

export interface BotDeliverParts {
  readonly send: (target: Target, key: string, content: Content) => Promise<void>;
  readonly questions: Questions;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** The bot will not be connected again before somebody mends its settings. */
  readonly hopeless: () => boolean;
}

/** Messages of the bot carry no id of the platform's: a card is known by its task_id, which each of its taps brings. */
export const messageIdOf = (taskId: string): string => `bot:${taskId}`;

/**
 * Null when the order is not the bot's. What goes to a person is the bot's while words of theirs to the bot wait for an
 * answer: a question is answered where it was asked. Rejects with a DeliveryError only.
 */
export function createBotDeliver(parts: BotDeliverParts): (order: Order) => Promise<Receipt | null> {
  function targetFor(to: Address): Target | null {
    if (to.kind === 'chat') return readBotChat(to.id);
    const single = { chatId: to.id, single: true };
    return parts.questions.has(single) ? single : null;
  }

  return async (order) => {
    if (order.kind === 'card.update') {
      if (!order.messageId.startsWith(messageIdOf(''))) return null;
      // A bot's card takes a new face only within five seconds after a tap on it. [D:101463c]
      throw new DeliveryError(
        'permanent',
        'update_window_closed',
        '智能机器人发出的卡片，只有在点击后的 5 秒内能更新。',
      );
    }
    if (order.kind !== 'text.send' && order.kind !== 'card.send' && order.kind !== 'picture.send') return null;
    const target = targetFor(order.to);
    if (target === null) return null;
    const taskId = taskIdOf(order.key);
    try {
      await parts.send(target, order.key, contentOf(order, target, taskId, parts.publicUrl));
    } catch (error) {
      // Whose group it is, its id does not say: one that the bot has no business in may be the app's.
      const notOurs = error instanceof DeliveryError && (error.code === strangeChat || parts.hopeless());
      if (!target.single && notOurs) return null;
      throw error;
    }
    return { kind: 'sent', messageId: messageIdOf(taskId), updateHandle: null };
  };
}

/** A card with nothing to tap goes out as a notice to a group, as words to a person. */
function contentOf(
  order: Extract<Order, { kind: 'text.send' | 'card.send' | 'picture.send' }>,
  target: Target,
  taskId: string,
  publicUrl: string | null,
): Content {
  if (order.kind === 'picture.send') return { kind: 'image', png: order.png };
  if (order.kind === 'text.send') return { kind: 'text', text: order.text, links: pageLinks(publicUrl, order.links) };
  const notice = target.single ? null : drawNotice(order.card, taskId, publicUrl);
  const card = drawCard(order.card, taskId, publicUrl) ?? notice;
  if (card !== null) return { kind: 'card', card };
  return { kind: 'text', text: wordsOf(order.card), links: cardLinks(order.card, publicUrl) };
}
