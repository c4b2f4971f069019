/** The day's picture in words, for a group of supervisors: counts and amounts, and names only where the policy says so. */
import { type Figures, openOf, type StageFigure, type Tally } from '../figures/figures.ts';
import type { Pipeline } from '../opportunity/pipeline.ts';

/** One deal that stands too long, or was won, by name. */
export interface NamedDeal {
  readonly customerName: string;
  readonly ownerName: string;
  readonly amountMinor: number | null;
}

export interface Picture {
  /** Local date `YYYY-MM-DD`. */
  readonly day: string;
  readonly figures: Figures;
  /** Of the same weekday of last week, at the same hour; null where nobody counted then. */
  readonly before: Figures | null;
  /** Null: the group sees counts only. */
  readonly named: { readonly won: readonly NamedDeal[]; readonly overdue: readonly NamedDeal[] } | null;
}

const WEEKDAYS = '日一二三四五六';
const HUNDRED_MILLION_FEN = 10_000_000_000;
const TEN_THOUSAND_FEN = 1_000_000;

/** 11月23日 周一. */
export function dayWords(day: string): string {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return `${month}月${date}日 周${weekdayOf(day)}`;
}

const weekdayOf = (day: string): string => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';

/** ¥4,800 · ¥26万 · ¥1.2亿: for a glance; pages say it exactly. */
export function roughMoney(minor: number): string {
  const said = (value: number, unit: string) =>
    `¥${value.toLocaleString('zh-CN', { maximumFractionDigits: value < 100 ? 1 : 0 })}${unit}`;
  if (minor >= HUNDRED_MILLION_FEN) return said(minor / HUNDRED_MILLION_FEN, '亿');
  if (minor >= TEN_THOUSAND_FEN) return said(minor / TEN_THOUSAND_FEN, '万');
  return said(Math.round(minor / 100), '');
}

/** The stages of the pipeline in their order, also those in which nothing stands. */
export function stagesInOrder(pipeline: Pipeline, { stages }: Figures): readonly (StageFigure & { name: string })[] {
  const known = new Map(stages.map((one) => [one.stage, one]));
  return pipeline.stages
    .filter(({ key }) => key !== 'lead' || known.has(key))
    .map(({ key, name }) => ({
      ...(known.get(key) ?? { stage: key, count: 0, amountMinor: 0, overdue: 0, enteredAt: 0 }),
      name,
    }));
}

export function pictureWords(pipeline: Pipeline, { day, figures, before, named }: Picture): string {
  const open = openOf(figures);
  const last = `上周${weekdayOf(day)}`;
  const compare = (value: (of: Figures) => number) => (before === null ? '' : `（${last} ${value(before)}）`);
  const ended = ({ count, amountMinor }: Tally) => `${count} 个${amountMinor > 0 ? ` ${roughMoney(amountMinor)}` : ''}`;
  const { overdue, fresh, moved, won, lost } = figures;
  const risk = overdue.highRisk > 0 ? `，其中高风险 ${overdue.highRisk} 个` : '';
  return [
    `【每日简报】${dayWords(day)}`,
    `在谈商机 ${open.count} 个，共 ${roughMoney(open.amountMinor)}${
      before === null ? '' : `（${last} ${openOf(before).count} 个，${roughMoney(openOf(before).amountMinor)}）`
    }`,
    ...stagesInOrder(pipeline, figures)
      .filter(({ count }) => count > 0)
      .map(
        ({ name, count, amountMinor, overdue: late }) =>
          `· ${name} ${count} 个 ${roughMoney(amountMinor)}${late > 0 ? `，停留太久 ${late}` : ''}`,
      ),
    '',
    `今日新增 ${fresh.count} 个${compare((of) => of.fresh.count)}，推进 ${moved} 次${compare((of) => of.moved)}`,
    `赢单 ${ended(won)}${compare((of) => of.won.count)}，输单 ${ended(lost)}${compare((of) => of.lost.count)}`,
    ...listOf('赢单', named?.won),
    `停留太久 ${overdue.count} 个${compare((of) => of.overdue.count)}${risk}`,
    ...listOf('停得最久', named?.overdue),
    ...(before === null ? [`${last}还没有记录，下周起可以对比。`] : []),
  ].join('\n');
}

function listOf(title: string, deals: readonly NamedDeal[] = []): string[] {
  return deals.map(
    ({ customerName, ownerName, amountMinor }) =>
      `  ${title}：${customerName}${amountMinor ? ` ${roughMoney(amountMinor)}` : ''}（${ownerName}）`,
  );
}
