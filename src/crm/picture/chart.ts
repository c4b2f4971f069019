/** The day's picture as a chart: what is to be drawn, without saying how. */
import { type Figures, openOf } from '../figures/figures.ts';
import type { Pipeline } from '../opportunity/pipeline.ts';
import { dayWords, type Picture, roughMoney, stagesInOrder } from './picture-words.ts';

/** A funnel of bars, and figures above it. */
export interface Chart {
  readonly title: string;
  readonly tiles: readonly {
    readonly label: string;
    readonly value: string;
    /** What it was before; empty where nobody knows. */
    readonly before: string;
    readonly tone: 'plain' | 'good' | 'bad';
  }[];
  readonly bars: readonly {
    readonly label: string;
    /** Beside the bar. */
    readonly note: string;
    readonly count: number;
    /** The part of it that stands too long. */
    readonly late: number;
    /** What it was before; null where nobody knows. */
    readonly before: number | null;
  }[];
  readonly foot: string;
}

export function pictureChart(pipeline: Pipeline, { day, figures, before }: Omit<Picture, 'named'>): Chart {
  const said = (value: number) => value.toLocaleString('zh-CN');
  const last = (value: (of: Figures) => number) => (before === null ? '' : `上周 ${said(value(before))}`);
  const earlier = new Map((before?.stages ?? []).map(({ stage, count }) => [stage, count]));
  const { overdue, fresh, moved, won, lost } = figures;
  const open = openOf(figures);
  return {
    title: `销售漏斗 ${dayWords(day)}`,
    tiles: [
      { label: '在谈', value: said(open.count), before: last((of) => openOf(of).count), tone: 'plain' },
      { label: '新增', value: said(fresh.count), before: last((of) => of.fresh.count), tone: 'plain' },
      { label: '推进', value: said(moved), before: last((of) => of.moved), tone: 'plain' },
      { label: '赢单', value: said(won.count), before: last((of) => of.won.count), tone: 'good' },
      { label: '输单', value: said(lost.count), before: last((of) => of.lost.count), tone: 'plain' },
      { label: '停留太久', value: said(overdue.count), before: last((of) => of.overdue.count), tone: 'bad' },
    ],
    bars: stagesInOrder(pipeline, figures).map(({ stage, name, count, amountMinor, overdue: late }) => ({
      ...{ label: name, note: roughMoney(amountMinor), count, late },
      before: before === null ? null : (earlier.get(stage) ?? 0),
    })),
    foot: `在谈合计 ${roughMoney(open.amountMinor)}，橙色是停留太久的${before === null ? '' : '，竖线和“上周”是上周同一天'}`,
  };
}
