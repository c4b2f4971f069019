/** 今天跟进: what is overdue, what is due today, whom nobody has answered yet, and how much waits for a decision. */
import type { Card, CardBlock, CardLink } from '../../../channel/card.ts';
import type { CardRow } from '../../rows/cards.ts';
import type { TaskRow } from '../../rows/day-one.ts';
import { morningOf } from '../../task/morning-list.ts';
import { taskPictures } from '../../task/task-picture.ts';
import { when } from '../../task/when.ts';
import type { Tx } from '../../tx.ts';
import { ago } from './figures.ts';
import { customerLink, dealLink, linksBlock, todayLink } from './parts.ts';

const SHOWN = 6;

export async function drawMorning(tx: Tx, { staffId, data }: CardRow): Promise<Card> {
  const { overdue, today, leads, waiting } = await morningOf(tx, staffId);
  const { calendar } = tx.active;
  const leadRows = leads.map(({ name, createdAt }) => ({ text: `${name}（${ago(calendar, tx.now, createdAt)}来的）` }));
  const blocks = [
    ...section('已过期', await taskRows(tx, overdue)),
    ...section('今天要做', await taskRows(tx, today)),
    ...section('新线索，还没回应', leadRows),
    ...(waiting > 0 ? [{ type: 'text', text: `另有 ${waiting} 张卡片等你决定。` } as const] : []),
  ];
  const counts = [
    overdue.length > 0 ? `过期 ${overdue.length} 件` : '',
    today.length > 0 ? `今天 ${today.length} 件` : '',
    leads.length > 0 ? `新线索 ${leads.length} 条` : '',
    waiting > 0 ? `待决定 ${waiting} 件` : '',
  ].filter((part) => part !== '');
  const [, month, day] = (data.date ?? '').split('-').map(Number);
  return {
    title: `今天跟进 · ${month}月${day}日`,
    tone: overdue.length > 0 ? 'warning' : 'info',
    summary: counts.length > 0 ? `今天跟进：${counts.join('，')}` : '今天跟进：都处理完了',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ type: 'text', text: '都处理完了。' } as const]),
      { type: 'text', style: 'muted', text: '不想每天收到？打开“今天”，在“提醒设置”里关掉。' },
      ...linksBlock(todayLink),
    ],
  };
}

interface Row {
  readonly text: string;
  readonly link?: CardLink;
}

function section(title: string, rows: readonly Row[]): readonly CardBlock[] {
  if (rows.length === 0) return [];
  const more = rows.length - SHOWN;
  return [
    { type: 'text', style: 'emphasis', text: `${title}（${rows.length}）` },
    ...rows.slice(0, SHOWN).map((row) => ({ type: 'text', ...row }) as const),
    ...(more > 0 ? [{ type: 'text', style: 'muted', text: `还有 ${more} 件。` } as const] : []),
  ];
}

/** `给恒锐回电话（恒锐机电，昨天 18:00）`. */
async function taskRows(tx: Tx, tasks: readonly TaskRow[]): Promise<readonly Row[]> {
  return (await taskPictures(tx, tasks)).map(({ task, customerName }) => {
    const due = task.dueAt === null ? '' : when(tx.active.calendar, tx.now, task.dueAt);
    const beside = [customerName ?? '', due].filter((part) => part !== '').join('，');
    const { opportunityId, customerId } = task;
    const link =
      opportunityId !== null ? dealLink(opportunityId) : customerId !== null ? customerLink(customerId) : null;
    return { text: beside === '' ? task.title : `${task.title}（${beside}）`, ...(link && { link }) };
  });
}
