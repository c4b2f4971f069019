/** The picture of the day goes to its group: once a day, and never where an outsider reads. */
import { DAY_MS } from '../calendar/spans.ts';
import { groupOf } from '../chat/group-of.ts';
import type { Figures } from '../figures/figures.ts';
import { COMPANY } from '../figures/keep-figures.ts';
import { worksOn } from '../notice/quiet-time.ts';
import type { DailyPictureRow } from '../rows/figures.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { type Chart, pictureChart } from './chart.ts';
import { namedDeals } from './named-deals.ts';
import { pictureWords } from './picture-words.ts';

/** When today's picture is to go, ms; null on a day off, without a group, where it is switched off or has gone. */
export async function pictureDueAt(tx: Tx): Promise<number | null> {
  const { calendar, policy } = tx.active;
  const { on, at } = policy.dailyPicture;
  if (!on || !worksOn(tx.active, tx.now)) return null;
  if (await tx.dailyPicture.get(pictureIdOf(tx))) return null;
  return (await chatOf(tx)) === null ? null : calendar.atLocalTime(tx.now, at);
}

const pictureIdOf = (tx: Tx): string =>
  `${tx.active.calendar.localDate(tx.now)}:${tx.active.policy.dailyPicture.group}`;

/** The named group, if only colleagues read there and it is nobody else's. */
async function chatOf(tx: Tx): Promise<ChatRow | null> {
  const found = await groupOf(tx, tx.active.policy.dailyPicture.group);
  return found.ok && found.chat.leadId === null ? found.chat : null;
}

/** Sends today's picture of what was counted; false when it has gone, or there is nowhere for it to go. */
export async function sendPicture(tx: Tx): Promise<boolean> {
  const chat = await chatOf(tx);
  if (!chat) return false;
  const { group, chart } = tx.active.policy.dailyPicture;
  const id = pictureIdOf(tx);
  const day = tx.active.calendar.localDate(tx.now);
  const row = { id, day, groupKey: group, chatId: chat.id, sentAt: tx.now };
  if (!(await tx.dailyPicture.insertIfNew(row))) return false;
  // A chart costs two metered calls more.
  const parts = chart && !tx.runsShort(chat.accountId) ? (['words', 'chart'] as const) : (['words'] as const);
  for (const part of parts)
    await tx.enqueue({
      accountId: chat.accountId,
      dedupeKey: `daily:${id}:${part}`,
      orderKey: `chat:${chat.id}`,
      order: { kind: 'daily.send', pictureId: id, part },
    });
  return true;
}

/** What leaves for the group; null where it is no longer the group it was meant for, or somebody from outside has come in. */
export type ReadyPicture = { readonly chatExternalId: string } & (
  | { readonly text: string; readonly link: { readonly label: string; readonly path: string } }
  | { readonly chart: Chart }
);

export async function drawPicture(tx: Tx, pictureId: string, part: 'words' | 'chart'): Promise<ReadyPicture | null> {
  const row = await tx.dailyPicture.get(pictureId);
  const chat = row && (await chatOf(tx));
  if (!row || chat?.id !== row.chatId) return null;
  const figures = await figuresOf(tx, row);
  if (!figures) return null;
  const { pipeline } = tx.active.policy;
  const day = { day: row.day, ...figures };
  if (part === 'chart') return { chatExternalId: chat.externalId, chart: pictureChart(pipeline, day) };
  const named = tx.active.policy.alerts.group === 'names' ? await namedDeals(tx, row.sentAt) : null;
  return {
    chatExternalId: chat.externalId,
    text: pictureWords(pipeline, { ...day, named }),
    link: { label: '看停留太久的商机', path: '/app/overdue' },
  };
}

async function figuresOf(
  tx: Tx,
  { day, sentAt }: DailyPictureRow,
): Promise<{ figures: Figures; before: Figures | null } | null> {
  const known = await tx.dailyFigure.find({ day, scope: COMPANY });
  const weekAgo = tx.active.calendar.localDate(sentAt - 7 * DAY_MS);
  const before = await tx.dailyFigure.find({ day: weekAgo, scope: COMPANY });
  return known && { figures: known.figures, before: before?.figures ?? null };
}
