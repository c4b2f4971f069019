/** The chart of the day as an image, and the picture in words: what fits, what is compared, who is named. */
import { expect, it } from 'vitest';
import { type Figures, NO_FIGURES } from '../../src/crm/figures/figures.ts';
import { pictureChart } from '../../src/crm/picture/chart.ts';
import { pictureWords, roughMoney } from '../../src/crm/picture/picture-words.ts';
import { drawChart } from '../../src/pictures/draw-chart.ts';
import { renderChart } from '../../src/pictures/render-png.ts';
import { activate, starterDocument } from '../../src/policies.ts';

const { pipeline } = activate(1, starterDocument()).policy;
const day = '2026-11-23';

const figures = (times: number): Figures => ({
  ...NO_FIGURES,
  stages: pipeline.stages.map(({ key: stage }, n) => ({
    ...{ stage, count: 90_000 * times, amountMinor: 9_000_000_000_00 * times, overdue: 10 * n, enteredAt: 0 },
  })),
  overdue: { count: 280, amountMinor: 0, highRisk: 12 },
  moved: 31 * times,
});

it('draws the chart as a PNG with Chinese words, also without a system font', async () => {
  const chart = pictureChart(pipeline, { day, figures: figures(2), before: figures(1) });
  const png = await renderChart(chart);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Width and height of the first block, and more in it than a white sheet.
  expect([png.readUInt32BE(16), png.readUInt32BE(20) > 800]).toEqual([1080, true]);
  expect(png.length).toBeGreaterThan(20_000);
  expect(png.length).toBeLessThan(300_000);
});

it('takes names of stages for words, not for drawing', () => {
  const stages = pipeline.stages.map((stage) => ({ ...stage, name: '<script>&"报价' }));
  const drawn = drawChart(pictureChart({ ...pipeline, stages }, { day, figures: figures(1), before: null }));
  expect(drawn).not.toMatch(/<script/);
  expect(drawn).toContain('&lt;scri…');
});

it('says with what it compares, names nobody unless told, and fits into one message', () => {
  const words = pictureWords(pipeline, { day, figures: figures(2), before: figures(1), named: null });
  expect(words).toMatch(/推进 62 次（上周一 31）/);
  expect(words).toMatch(/停留太久 280 个（上周一 280），其中高风险 12 个/);
  // WeCom takes 2,048 bytes, the link included.
  expect(Buffer.byteLength(words)).toBeLessThan(1_700);
  const named = { won: [{ customerName: '宁波恒锐', ownerName: '李娜', amountMinor: 26_000_000 }], overdue: [] };
  const told = pictureWords(pipeline, { day, figures: figures(1), before: null, named });
  expect(told).toContain('赢单：宁波恒锐 ¥26万（李娜）');
  expect(told).toContain('上周一还没有记录');
});

it('rounds money as people say it', () => {
  const said = [0, 480_000, 999_999, 26_000_000, 1_234_500_000, 12_000_000_000].map(roughMoney);
  expect(said).toEqual(['¥0', '¥4,800', '¥10,000', '¥26万', '¥1,235万', '¥1.2亿']);
});
