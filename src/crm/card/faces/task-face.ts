/** Tasks whose hour has come: each with 完成, and one choice of when to be told again. */
import type { Card, CardBlock, CardButton } from '../../../channel/card.ts';
import type { CardActionKind, CardActionRow, CardRow } from '../../rows/cards.ts';
import { LATER_CHOICES } from '../../task/later.ts';
import { tasksToDo } from '../../task/ring.ts';
import { MOST_ON_CARD } from '../../task/ring-tasks.ts';
import { type TaskPicture, taskPictures } from '../../task/task-picture.ts';
import { when } from '../../task/when.ts';
import type { Tx } from '../../tx.ts';
import {
  buttonOf,
  buttonsBlock,
  choiceBlock,
  customerLink,
  dealLink,
  linksBlock,
  outcomeBlock,
  todayLink,
} from './parts.ts';

export async function drawTasks(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const tasks = await taskPictures(tx, await tasksToDo(tx, card));
  const [first] = tasks;
  const ended = card.status === 'closed' || first === undefined;
  const count = tasks.length + (card.data.tasks?.more ?? 0);
  const title = count > 1 ? `有 ${count} 件事到时间了` : `该做了：${first?.task.title ?? '要做的事'}`;
  return {
    title: ended ? '到时间的事：已处理' : title,
    tone: ended ? 'neutral' : 'info',
    summary: ended ? (card.outcome ?? '已处理') : title,
    blocks: await taskBlocks(tx, card, actions),
  };
}

export async function taskBlocks(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<CardBlock[]> {
  const tasks = await taskPictures(tx, await tasksToDo(tx, card));
  if (card.status === 'closed' || tasks.length === 0) return closedBlocks(tx, card);
  const single = (card.data.tasks?.ids.length ?? 0) === 1;
  const blocks = tasks
    .slice(0, MOST_ON_CARD)
    .flatMap((one): CardBlock[] => [
      { type: 'text', text: lineOf(tx, one), ...linkOf(one) },
      ...buttonsBlock([
        ...doneButton(card, actions, one),
        ...(single ? SINGLE.flatMap(([kind, label]) => buttonOf(card, actions, kind, label)) : []),
      ]),
    ]);
  const left = tasks.length - Math.min(tasks.length, MOST_ON_CARD) + (card.data.tasks?.more ?? 0);
  if (left > 0) blocks.push({ type: 'text', style: 'muted', text: `还有 ${left} 件，打开“今天”处理。` });
  const options = Object.entries(LATER_CHOICES).map(([value, label]) => ({ value, label }));
  return [
    ...blocks,
    ...choiceBlock(card, actions, 'task_later', { placeholder: '没做的，什么时候再提醒', options, label: '稍后' }),
    ...linksBlock(...placeOf(single ? tasks[0] : undefined), todayLink),
  ];
}

const SINGLE = [
  ['task_hour', LATER_CHOICES.hour],
  ['task_tomorrow', LATER_CHOICES.tomorrow],
  ['task_days', LATER_CHOICES.days],
] as const satisfies readonly (readonly [CardActionKind, string])[];

/** `给周工回电话（宁波恒锐机电 · 轴承座 3000 套，今天 15:00）`. */
function lineOf(tx: Tx, { task, customerName, dealName }: TaskPicture): string {
  const about = [customerName, dealName].filter((name) => name !== null).join(' · ');
  const due = task.dueAt === null ? '' : when(tx.active.calendar, tx.now, task.dueAt);
  const beside = [about, due].filter((part) => part !== '').join('，');
  return beside === '' ? task.title : `${task.title}（${beside}）`;
}

const placeOf = (one: TaskPicture | undefined) =>
  !one
    ? []
    : one.task.opportunityId !== null
      ? [dealLink(one.task.opportunityId)]
      : one.task.customerId !== null
        ? [customerLink(one.task.customerId)]
        : [];

function linkOf(one: TaskPicture) {
  const [link] = placeOf(one);
  return link ? { link } : {};
}

function doneButton(card: CardRow, actions: readonly CardActionRow[], { task }: TaskPicture): CardButton[] {
  const own = actions.filter(({ kind, targetId }) => kind === 'task_done' && targetId === task.id);
  return buttonOf(card, own, 'task_done', '完成', 'primary').map((button) => ({ ...button, about: task.title }));
}

/** What was on it stays readable. */
async function closedBlocks(tx: Tx, card: CardRow): Promise<CardBlock[]> {
  const ids = card.data.tasks?.ids ?? [];
  const tasks = (await Promise.all(ids.map((id) => tx.task.get(id)))).filter((task) => task !== null);
  return [
    ...tasks.slice(0, MOST_ON_CARD).map(
      (task): CardBlock => ({
        type: 'text',
        text: task.doneAt === null ? task.title : `✓ ${task.title}`,
      }),
    ),
    ...outcomeBlock(card),
    ...linksBlock(todayLink),
  ];
}
