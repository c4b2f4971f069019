/** Decides a tap inside the callback, then shows the outcome on the card by the fresh code that the tap brought. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog, Inbound } from '../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../src/channel/event.ts';
import { ApiFailure, isRefusedWith } from './api-failure.ts';
import { noChoice } from './card-parts.ts';
import { drawUpdate } from './cards.ts';
import { appChat } from './chats.ts';
import { isPassing } from './errors.ts';
import { type JsonRecord, recordField, recordsField, textField, textsField } from './json.ts';
import { member } from './people.ts';
import type { Sender } from './sender.ts';
import { readXml } from './xml.ts';

export interface TapParts {
  readonly corpId: string;
  readonly inbound: Inbound;
  readonly sender: Sender;
  readonly log: ChannelLog;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Waits between the tries to update the card, ms. */
  readonly pauses?: readonly number[];
}

export interface Taps {
  /** Resolves when the tap is decided; false when the XML lacks what a tap needs. The card follows by itself. */
  answer(xml: string, eventKey: string): Promise<boolean>;
  /** Resolves when every outcome is shown or given up, and at the latest after a few seconds. */
  settled(): Promise<void>;
}

const drainMs = 3_000;

/** A passive answer cannot carry a card for certain (wecom.md §10.2), so it stays empty and the API does it. */
export function createTaps(parts: TapParts): Taps {
  const { inbound, sender, log, pauses = [300, 1_000, 3_000] } = parts;
  const showing = new Set<Promise<void>>();

  async function show(tap: CardTap, responseCode: string, { card, notice }: TapAnswer): Promise<void> {
    try {
      const shown =
        card === null ||
        (await stubborn(
          () => sender.update(tap.tapper.id, responseCode, drawUpdate(card, tap.messageId, parts.publicUrl)),
          pauses,
        ));
      if (!shown) log.warn({}, 'wecom card could not be brought up to date after a tap');
      // A refusal leaves the card as it was, so it is told to the tapper; a success only where the card cannot show it.
      const news = notice !== null && (!shown || notice.tone === 'error' || notice.tone === 'warning');
      if (news) await stubborn(() => sender.text(tap.tapper.id, notice.text), pauses);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom tap outcome could not be shown');
    }
  }

  return {
    async answer(xml, eventKey) {
      const read = readTap(xml, eventKey, parts.corpId);
      if (read === null) return false;
      const outcome = await inbound.tap(read.tap);
      const work = show(read.tap, read.responseCode, outcome).finally(() => showing.delete(work));
      showing.add(work);
      return true;
    },
    async settled() {
      await Promise.race([Promise.allSettled(showing), sleep(drainMs, undefined, { ref: false })]);
    },
  };
}

/** True when it went through; false when the platform said no, or never answered. */
async function stubborn(run: () => Promise<unknown>, pauses: readonly number[]): Promise<boolean> {
  for (let tries = 0; ; tries += 1) {
    try {
      await run();
      return true;
    } catch (error) {
      // The code is used: a try whose answer was lost did it.
      if (tries > 0 && isRefusedWith(error, 60140)) return true;
      const pause = pauses[tries];
      if (pause === undefined || !(error instanceof ApiFailure) || !isPassing(error)) return false;
      await sleep(pause);
    }
  }
}

/** https://developer.work.weixin.qq.com/document/path/90240 (模板卡片事件推送). Null when a field is missing without which the tap cannot be decided. */
function readTap(
  xml: string,
  eventId: string,
  corpId: string,
): { readonly tap: CardTap; readonly responseCode: string } | null {
  const event = readWhole(xml);
  if (event === null) return null;
  const [userId, actionKey, taskId, responseCode] = ['FromUserName', 'EventKey', 'TaskId', 'ResponseCode'].map((name) =>
    textField(event, name),
  );
  if (!userId || !actionKey || actionKey.length > 64 || !taskId || !responseCode) return null;
  const items = recordField(event, 'SelectedItems');
  const values = (items ? recordsField(items, 'SelectedItem') : []).flatMap((item): [string, string][] => {
    const name = textField(item, 'QuestionKey');
    const ids = recordField(item, 'OptionIds');
    const chosen = ids ? textsField(ids, 'OptionId').filter((id) => id !== noChoice) : [];
    return name && chosen.length > 0 ? [[name, chosen.join(',')]] : [];
  });
  return {
    responseCode,
    tap: {
      eventId,
      tapper: member(userId, corpId),
      actionKey,
      values: Object.fromEntries(values),
      messageId: taskId,
      chatId: appChat(userId).id,
    },
  };
}

/** Below its first level a callback was not looked at yet; null when it is no sound XML there. */
function readWhole(xml: string): JsonRecord | null {
  try {
    return readXml(xml);
  } catch {
    return null;
  }
}
