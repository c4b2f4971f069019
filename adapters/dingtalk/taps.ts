/** Answers a tap on one of our cards inside the platform's callback, due within two seconds (dingtalk.md §4.3, §4.4). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog, Inbound } from '../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../src/channel/event.ts';
import { readButtonId } from './button-ids.ts';
import { drawCardParams } from './cards.ts';
import type { JsonRecord } from './json.ts';
import { createTapKeys } from './tap-keys.ts';
import { readTap } from './tap-payload.ts';

export interface TapParts {
  readonly corpId: string;
  readonly inbound: Pick<Inbound, 'tap'>;
  readonly now: () => number;
  readonly log: ChannelLog;
  /** Tells one colleague something privately. May reject. */
  readonly tell: (staffId: string, key: string, text: string) => Promise<void>;
}

export interface Taps {
  /** The body of the answer; null for a payload without the fields a tap needs. `fresh` is called unless it came before. */
  answer(data: JsonRecord, frameId: string, fresh: () => void): Promise<object | null>;
  /** Resolves when nobody waits for an answer about this card any more; null when nobody does. */
  open(outTrackId: string): Promise<unknown> | null;
  /** Resolves when every notice is out or given up, and at the latest after a few seconds. */
  settled(): Promise<void>;
}

const drainMs = 2_500;

/**
 * The answer has no place for a notice, and the public template shows nothing that only the tapper sees. So an outcome
 * shows on the card itself, and only what the card cannot show is told to the tapper in private.
 */
export function createTaps(parts: TapParts): Taps {
  const { inbound, log } = parts;
  const keys = createTapKeys(parts.now);
  const waiting = new Map<string, Promise<object>>();
  const cards = new Map<string, Set<Promise<object>>>();
  const telling = new Set<Promise<void>>();

  async function decide(tap: CardTap): Promise<object> {
    const { notice, card } = await inbound.tap(tap);
    if (notice !== null && needsTelling(notice, card)) {
      const work = parts
        .tell(tap.tapper.id, `tap:${tap.eventId}`, notice.text)
        .catch(() => log.warn({}, 'dingtalk notice could not be sent'))
        .finally(() => telling.delete(work));
      telling.add(work);
    }
    return card === null ? {} : drawAnswer(drawCardParams(card));
  }

  return {
    async answer(data, frameId, fresh) {
      const read = readTap(data);
      const button = read && readButtonId(read.buttonId);
      if (!read || !button) return null;
      const { userId, outTrackId, chatId } = read;
      const key = keys.keyOf([outTrackId, userId, read.buttonId], frameId);
      const known = waiting.get(key.eventId);
      if (!key.repeated) fresh();
      if (known) return known;
      const work = decide({
        eventId: key.eventId,
        tapper: { id: userId, tenant: parts.corpId, internal: true },
        ...button,
        messageId: outTrackId,
        chatId,
      });
      waiting.set(key.eventId, work);
      const ofCard = cards.get(outTrackId) ?? new Set();
      cards.set(outTrackId, ofCard.add(work));
      try {
        return await work;
      } finally {
        waiting.delete(key.eventId);
        ofCard.delete(work);
        if (ofCard.size === 0) cards.delete(outTrackId);
        key.answered();
      }
    },
    open(outTrackId) {
      const ofCard = cards.get(outTrackId);
      return ofCard ? Promise.allSettled(ofCard) : null;
    },
    async settled() {
      await Promise.race([
        Promise.allSettled([...waiting.values(), ...telling]),
        sleep(drainMs, undefined, { ref: false }),
      ]);
    },
  };
}

/** A refusal leaves the card as it was; a success with a new face is seen. */
function needsTelling({ tone }: NonNullable<TapAnswer['notice']>, card: TapAnswer['card']): boolean {
  return tone === 'error' || tone === 'warning' || (tone === 'success' && card === null);
}

/** Without `ByKey` the platform would overwrite what the template needs besides. */
function drawAnswer(cardParamMap: Readonly<Record<string, string>>): object {
  return { cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true }, cardData: { cardParamMap } };
}
