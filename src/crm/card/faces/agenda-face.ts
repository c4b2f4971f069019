/** 我今天要跟进谁: what is to be done, new leads, questions that wait, and the deals that nobody has touched for longest. */
import type { Card, CardBlock, CardLink } from '../../../channel/card.ts';
import { type Agenda, agendaOf } from '../../ask/agenda.ts';
import { DAY_MS } from '../../calendar/spans.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import type { TaskRow } from '../../rows/day-one.ts';
import type { StaffRow } from '../../rows/people.ts';
import { taskPictures } from '../../task/task-picture.ts';
import { when } from '../../task/when.ts';
import type { Tx } from '../../tx.ts';
import { ago, standing } from './figures.ts';
import { customerLink, dealLink, linksBlock, todayLink } from './parts.ts';

const SHOWN = 6;

export async function drawAgenda(tx: Tx, staff: StaffRow): Promise<Card> {
  const { leads, responses, waiting, deals, tasks } = await agendaOf(tx, staff.id);
  const blocks: CardBlock[] = [];
  const section = (title: string, rows: readonly { readonly text: string; readonly link?: CardLink }[]) => {
    if (rows.length === 0) return;
    blocks.push({ type: 'text', style: 'emphasis', text: `${title}（${rows.length}）` });
    for (const row of rows.slice(0, SHOWN)) blocks.push({ type: 'text', ...row });
    if (rows.length > SHOWN) blocks.push({ type: 'text', style: 'muted', text: `还有 ${rows.length - SHOWN} 个。` });
  };
  const customerOf = new Map((await taskPictures(tx, tasks)).map(({ task, customerName }) => [task.id, customerName]));
  section(
    '要做的事',
    tasks.map((task) => ({
      text: taskLine(tx, task, customerOf.get(task.id) ?? null),
      ...(task.opportunityId !== null && { link: dealLink(task.opportunityId) }),
      ...(task.opportunityId === null && task.customerId !== null && { link: customerLink(task.customerId) }),
    })),
  );
  section(
    '新线索，先回应',
    leads.map((lead) => ({ text: leadLine(tx, lead, responses.get(lead.id)) })),
  );
  section(
    '停得最久的商机',
    deals.map((entry) => ({ text: dealLine(tx, entry), link: dealLink(entry.deal.id) })),
  );
  if (waiting > 0) blocks.push({ type: 'text', text: `另有 ${waiting} 张卡片等你决定。` });
  const counts = [
    tasks.length > 0 ? `${tasks.length} 件要做的事` : '',
    ...(leads.length + deals.length > 0 ? [`${leads.length} 条新线索`, `${deals.length} 个商机`] : []),
  ].filter((part) => part !== '');
  return {
    title: '今天要跟进的',
    tone: 'info',
    summary: counts.length > 0 ? `今天要跟进：${counts.join('，')}` : '今天没有要跟进的',
    blocks:
      blocks.length > 0
        ? [...blocks, ...linksBlock(todayLink)]
        : [{ type: 'text', text: '你名下没有进行中的商机和线索。' }],
  };
}

/** `给恒锐回电话（恒锐机电，过期 2 天）`. */
function taskLine(tx: Tx, { title, dueAt }: TaskRow, customerName: string | null): string {
  const { calendar } = tx.active;
  const days = dueAt === null ? null : Math.round((calendar.startOfDay(tx.now) - calendar.startOfDay(dueAt)) / DAY_MS);
  const due = days === null ? '' : days > 0 ? `过期 ${days} 天` : '今天';
  const beside = [customerName ?? '', due].filter((part) => part !== '').join('，');
  return beside === '' ? title : `${title}（${beside}）`;
}

/** `苏州明远（2 小时前来的，还没回应，今天 15:30 前）`. */
export function leadLine(
  tx: Tx,
  lead: Agenda['leads'][number],
  response?: { readonly dueAt: number | null; readonly respondedAt: number | null },
): string {
  const { calendar } = tx.active;
  const came = `${ago(calendar, tx.now, lead.createdAt)}来的`;
  if (!response || response.respondedAt !== null) return `${lead.name}（${came}）`;
  const due = response.dueAt;
  const late = due !== null && due < tx.now;
  const by = due === null ? '' : late ? '，已超时' : `，${when(calendar, tx.now, due)} 前`;
  return `${lead.name}（${came}，还没回应${by}）`;
}

/** `轴承座 500 套：需求确认，已 3 天；上次联系 2 天前`. */
export function dealLine(tx: Tx, { deal, touchedAt }: Agenda['deals'][number]): string {
  const { calendar, policy } = tx.active;
  const stage = `${stageName(policy.pipeline, deal.stage)}，${standing(tx.now, deal.stageEnteredAt)}`;
  const touched = touchedAt === null ? '没有联系记录' : `上次联系 ${ago(calendar, tx.now, touchedAt)}`;
  return `${deal.name}：${stage}；${touched}`;
}
