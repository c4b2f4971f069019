/** Draws a chart as SVG: a funnel of bars below a row of figures, readable on a phone. Pure. */
import type { Chart } from '../crm/picture/chart.ts';

/** Twice what a phone shows, so that it stays sharp. */
const WIDTH = 1080;
const EDGE = 48;
const BAR_LEFT = 236;
const BAR_RIGHT = WIDTH - 324;
const ROW = 76;
const BAR = 44;

const INK = '#1d2129';
const QUIET = '#86909c';
const ACCENT = '#3370ff';
const LATE = '#ff7d00';
const TONES = { plain: INK, good: '#00954c', bad: '#d25f00' } as const;

export function drawChart({ title, tiles, bars, foot }: Chart): string {
  const top = 316;
  const height = top + bars.length * ROW + 84;
  const most = Math.max(1, ...bars.map(({ count, before }) => Math.max(count, before ?? 0)));
  const wide = (count: number) => ((BAR_RIGHT - BAR_LEFT) * count) / most;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="Noto Sans Hans">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(EDGE, 84, 44, title, { bold: true }),
    ...tiles.map((tile, n) => tileOf(tile, EDGE + (n * (WIDTH - 2 * EDGE)) / tiles.length)),
    `<rect x="${EDGE}" y="264" width="${WIDTH - 2 * EDGE}" height="2" fill="#e5e6eb"/>`,
    ...bars.flatMap((bar, n) => barOf(bar, top + n * ROW, wide)),
    text(EDGE, height - 36, 26, foot, { fill: QUIET }),
    '</svg>',
  ].join('\n');
}

function tileOf({ label, value, before, tone }: Chart['tiles'][number], x: number): string {
  return [
    text(x, 146, 26, label, { fill: QUIET }),
    text(x, 202, value.length > 5 ? 36 : 48, value, { bold: true, fill: TONES[tone] }),
    text(x, 240, 22, before, { fill: QUIET }),
  ].join('\n');
}

function barOf({ label, note, count, late, before }: Chart['bars'][number], y: number, wide: (n: number) => number) {
  const middle = y + BAR / 2 + 10;
  const length = Math.max(count > 0 ? 6 : 0, wide(count));
  const lateLength = count === 0 ? 0 : (length * late) / count;
  return [
    text(BAR_LEFT - 24, middle, 28, shortened(label), { end: true }),
    rect(BAR_LEFT, y, BAR_RIGHT - BAR_LEFT, BAR, '#f2f3f5'),
    rect(BAR_LEFT, y, length, BAR, ACCENT),
    rect(BAR_LEFT + length - lateLength, y, lateLength, BAR, LATE),
    ...(before === null ? [] : [rect(BAR_LEFT + wide(before) - 2, y - 7, 4, BAR + 14, INK)]),
    text(BAR_RIGHT + 22, middle, 28, count.toLocaleString('zh-CN'), { bold: true }),
    text(WIDTH - EDGE, middle, 26, note, { end: true, fill: QUIET }),
  ];
}

const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0, width).toFixed(1)}" height="${height}" rx="4" fill="${fill}"/>`;

interface Look {
  readonly bold?: boolean;
  readonly end?: boolean;
  readonly fill?: string;
}

function text(x: number, y: number, size: number, words: string, { bold, end, fill = INK }: Look = {}): string {
  const weight = bold ? ' font-weight="700"' : '';
  const anchor = end ? ' text-anchor="end"' : '';
  return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" fill="${fill}"${weight}${anchor}>${escaped(words)}</text>`;
}

/** A stage may have a long name: six characters fit. */
const shortened = (label: string): string => {
  const signs = [...label];
  return signs.length <= 6 ? label : `${signs.slice(0, 5).join('')}…`;
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
