/** Answers a tap on one of our cards inside the platform's callback, due within two seconds (dingtalk.md §4.3, §4.4). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog, Inbound } from '../../src/channel/channel.ts';
import { DeliveryError, type Order } from '../../src/channel/delivery.ts';
import type { CardTap, PersonRef, TapAnswer } from '../../src/channel/event.ts';
import { type ButtonMeaning, readButtonId } from './button-ids.ts';
import { drawCardParams } from './cards.ts';
import { digest } from './ids.ts';
import type { JsonRecord } from './json.ts';
import type { LinkDrawer } from './page-address.ts';
import { createTapKeys } from './tap-keys.ts';
import { readTap } from './tap-payload.ts';
import type { Writers } from './writers.ts';

export interface TapParts {
  readonly corpId: string;
  readonly inbound: Pick<Inbound, 'tap'>;
  readonly now: () => number;
  readonly log: ChannelLog;
  readonly writers: Pick<Writers, 'tap' | 'settled'>;
  /** Carries out an order that is nobody's row: a word to the tapper, an update that the answer could not carry. */
  readonly deliver: (order: Order) => Promise<unknown>;
  readonly linkOf: LinkDrawer;
}

export interface Taps {
  /** The body of the answer; null for a payload without the fields a tap needs. `fresh` is called unless it came before. */
  answer(data: JsonRecord, frameId: string, fresh: () => void): Promise<object | null>;
  /** A tap that came as a message, because the card went out as words. The outcome is told in private. */
  typed(staffId: string, messageId: string, chatId: string, button: ButtonMeaning | 'several'): Promise<void>;
  /** Resolves when every outcome is shown or given up, and at the latest after a few seconds. */
  settled(): Promise<void>;
}

const oneLineOnly = '这里有好几个选择，聊单不知道你要哪一个：请只发其中一行。';
const drainMs = 2_500;
/** An answer is due within 2 s; a decision takes up to 1.5 s, its commit included: so long may a running update hold us up. */
const updatePatienceMs = 300;
/** Waits between the tries of what follows a tap. */
const pauses = [1_500, 4_000] as const;

/**
 * The answer has no place for a notice, and the public template shows nothing that only the tapper sees. So an outcome
 * shows on the card itself, and only what the card cannot show is told to the tapper in private.
 */
export function createTaps(parts: TapParts): Taps {
  const { inbound, writers, log } = parts;
  const keys = createTapKeys(parts.now);
  const waiting = new Map<string, Promise<object>>();
  const following = new Set<Promise<void>>();
  // Who taps has a userId: cards are brought to colleagues, and only they are told by a staff id.
  const colleague = (id: string): PersonRef => ({ id, tenant: parts.corpId, internal: true });

  /** Afterwards, and in nobody's way. */
  function follow(order: Order): void {
    const work = stubborn(() => parts.deliver(order))
      .catch(() => log.warn({ kind: order.kind }, 'dingtalk tap outcome could not be shown'))
      .finally(() => following.delete(work));
    following.add(work);
  }

  async function decide(tap: CardTap): Promise<object> {
    const answering = writers.tap(tap.messageId);
    try {
      const { notice, card } = await inbound.tap(tap);
      const to = { kind: 'person', id: tap.tapper.id } as const;
      const key = `tap:${tap.eventId}`;
      if (notice !== null && needsTelling(notice, card)) follow({ kind: 'text.send', key, to, text: notice.text });
      if (card === null) return {};
      if (await writers.settled(tap.messageId, updatePatienceMs)) return drawAnswer(drawCardParams(card, parts.linkOf));
      // An update of this card is still on its way: a face in the answer would race it.
      const { messageId } = tap;
      follow({ kind: 'card.update', key, messageId, sentAt: parts.now(), updateHandle: null, to, card });
      return {};
    } finally {
      answering.done();
    }
  }

  return {
    async answer(data, frameId, fresh) {
      const read = readTap(data);
      const button = read && readButtonId(read.buttonId);
      if (!read || !button) return null;
      const { userId, outTrackId, chatId } = read;
      const key = keys.keyOf([outTrackId, userId, read.buttonId], frameId);
      if (!key.repeated) fresh();
      const known = waiting.get(key.eventId);
      if (known) return known;
      const tapper = colleague(userId);
      const work = decide({ eventId: key.eventId, tapper, ...button, messageId: outTrackId, chatId });
      waiting.set(key.eventId, work);
      try {
        return await work;
      } finally {
        waiting.delete(key.eventId);
        key.answered();
      }
    },
    async typed(staffId, messageId, chatId, button) {
      const eventId = digest(`typed:${messageId}`);
      const tell = (text: string) =>
        follow({ kind: 'text.send', key: `tap:${eventId}`, to: { kind: 'person', id: staffId }, text });
      if (button === 'several') return tell(oneLineOnly);
      const { notice, card } = await inbound.tap({ eventId, tapper: colleague(staffId), ...button, messageId, chatId });
      const text = notice?.text ?? card?.summary;
      if (text) tell(text);
    },
    async settled() {
      const all = Promise.allSettled([...waiting.values(), ...following]);
      await Promise.race([all, sleep(drainMs, undefined, { ref: false })]);
    },
  };
}

async function stubborn(run: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await run();
      return;
    } catch (error) {
      const pause = pauses[tries];
      if (pause === undefined || !(error instanceof DeliveryError) || error.outcome === 'permanent') throw error;
      await sleep(pause, undefined, { ref: false });
    }
  }
}

/** A refusal leaves the card as it was; a success with a new face is seen. */
function needsTelling({ tone }: NonNullable<TapAnswer['notice']>, card: TapAnswer['card']): boolean {
  return tone === 'error' || tone === 'warning' || (tone === 'success' && card === null);
}

/** Without `ByKey` the platform would overwrite what the template needs besides. */
function drawAnswer(cardParamMap: Readonly<Record<string, string>>): object {
  return { cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true }, cardData: { cardParamMap } };
}
