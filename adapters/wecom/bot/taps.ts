/** Answers a tap on one of the bot's cards: decided, then the card's new face, within the platform's five seconds. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Card } from '../../../src/channel/card.ts';
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';
import type { CardTap } from '../../../src/channel/event.ts';
import { noChoice } from '../card-parts.ts';
import { drawUpdate } from '../cards.ts';
import { type JsonRecord, recordField, recordsField, textField, textsField } from '../json.ts';
import { chatOf, targetOf } from './chat.ts';
import { messageIdOf } from './deliver.ts';
import type { People } from './people.ts';
import type { BotSocket } from './socket.ts';

export interface BotTapParts {
  readonly corpId: string;
  readonly inbound: Pick<Inbound, 'tap'>;
  readonly people: People;
  readonly socket: () => BotSocket | null;
  readonly tell: (userId: string, text: string) => Promise<void>;
  readonly log: ChannelLog;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
}

/** A second try of the update must still be in time. */
const updateWithinMs = 4_000;
const againAfterMs = 300;
const busy = new Set([-1, 6000]);

/** Null when a field is missing without which the tap cannot be decided. The fields lie under the event's own name, not where the SDK's types say. */
export function readBotTap(body: JsonRecord, corpId: string): CardTap | null {
  const event = recordField(body, 'event');
  const tap = event && recordField(event, 'template_card_event');
  const from = recordField(body, 'from');
  const eventId = textField(body, 'msgid');
  const userId = from && textField(from, 'userid');
  const actionKey = tap && textField(tap, 'event_key');
  const taskId = tap && textField(tap, 'task_id');
  if (!tap || !eventId || !userId || !actionKey || !taskId || actionKey.length > 64) return null;
  const target = targetOf(body);
  const foreign = from === null ? null : textField(from, 'corpid');
  const internal = foreign === null || foreign === corpId;
  return {
    eventId: `tap:${eventId}`,
    tapper: { id: userId, tenant: internal ? corpId : foreign, internal },
    actionKey,
    values: readValues(tap),
    messageId: messageIdOf(taskId),
    chatId: target && chatOf(target).id,
  };
}

export function createBotTaps(parts: BotTapParts): (reqId: string, body: JsonRecord) => Promise<void> {
  const { inbound, people, log, publicUrl } = parts;
  const face = (card: Card, { messageId }: CardTap) => drawUpdate(card, messageId.slice('bot:'.length), publicUrl);

  /** True when the platform took the new face. */
  async function update(reqId: string, card: JsonRecord, by: number): Promise<boolean> {
    const body = { response_type: 'update_template_card', template_card: card };
    for (;;) {
      const outcome = await parts.socket()?.command('aibot_respond_update_msg', reqId, body);
      if (outcome?.kind === 'done' || (outcome?.kind === 'unanswered' && outcome.alive)) return true;
      const again = outcome?.kind === 'refused' && busy.has(outcome.code) && performance.now() + againAfterMs < by;
      if (!again) return false;
      await sleep(againAfterMs);
    }
  }

  return async (reqId, body) => {
    const by = performance.now() + updateWithinMs;
    const seen = readBotTap(body, parts.corpId);
    if (seen === null) return log.warn({}, 'wecom bot tap without the fields one needs');
    const userId = await people.plainId(seen.tapper.id);
    const { card, notice } = await inbound.tap({ ...seen, tapper: { ...seen.tapper, id: userId } });
    const updated = card !== null && (await update(reqId, face(card, seen), by));
    if (card !== null && !updated) log.warn({}, 'wecom bot card could not be updated after a tap');
    // A refusal leaves the card as it was, so it is told to the tapper; a success only where the card cannot show it.
    const unseen = card !== null && !updated;
    const news = notice !== null && (unseen || notice.tone === 'error' || notice.tone === 'warning');
    if (news) await parts.tell(userId, notice.text);
  };
}

function readValues(tap: JsonRecord): Readonly<Record<string, string>> {
  const items = recordsField(recordField(tap, 'selected_items') ?? {}, 'selected_item');
  const entries = items.flatMap((item): [string, string][] => {
    const name = textField(item, 'question_key');
    return name === null
      ? []
      : [
          [
            name,
            textsField(recordField(item, 'option_ids') ?? {}, 'option_id')
              .filter((id) => id !== noChoice)
              .join(','),
          ],
        ];
  });
  return Object.fromEntries(entries);
}
