// Quotes as files: a PDF that holds its words and its font, a workbook, and a thread that is neither in the way nor flooded.

import { readSheet } from 'read-excel-file/node';
import { afterAll, expect, it } from 'vitest';
import { createPapers } from '../../../src/documents/papers.ts';
import { quoteDocumentOf } from './document.ts';
import { readPdf } from './pdf-text.ts';

const papers = createPapers({ most: 3 });
afterAll(() => papers.stop());

const write = async (...[kind, quote]: Parameters<typeof papers.write>): Promise<Buffer> => {
  const bytes = await papers.write(kind, quote);
  if (!bytes) throw new Error('too many at once');
  return bytes;
};

it('writes the words into a PDF, rare characters of names too, with its own font and the mark on every page', async () => {
  const quote = quoteDocumentOf(
    { customer: '深圳犇䶮燚镕玥珺煊科技', watermark: '深圳犇䶮燚镕玥珺煊科技 Q20261122-001 2026-11-23' },
    60,
  );
  const { pages, fonts } = readPdf(await write('pdf', quote));
  expect(new Set(fonts)).toEqual(new Set([expect.stringMatching(/^[A-Z]{6}\+NotoSansHans-Regular$/)]));
  expect(pages).toHaveLength(3);
  const [first = '', , last = ''] = pages;
  for (const said of [
    '宁波正泰轴承科技有限公司',
    '深圳犇䶮燚镕玥珺煊科技',
    'Q20261122-001（第 2 版）',
    '2026年12月22日',
    '¥282.50',
  ])
    expect(first).toContain(said);
  for (const said of ['含税合计', '¥565.00', '伍佰陆拾伍元整', '质保一年。', '第 3 页，共 3 页'])
    expect(last).toContain(said);
  for (const page of pages) {
    expect(page).toContain(quote.watermark);
    expect(page).toContain('单价');
    expect(page).not.toContain('\ufffd');
  }
});

it('takes names that are commands, markup, endless or without a glyph as names', async () => {
  const names = [
    '=HYPERLINK("http://x","点我")',
    '<b>&amp;</b>',
    '无'.repeat(200),
    'x'.repeat(200),
    '( \\) 🙂 \u0007',
    '',
  ];
  const lines = names.map((name) => ({ ...quoteDocumentOf().lines[0], name }) as never);
  const [page = ''] = readPdf(await write('pdf', quoteDocumentOf({ lines }))).pages;
  expect(page).toContain('=HYPERLINK("');
  const sheet = await readSheet(await write('xlsx', quoteDocumentOf({ lines })));
  expect(sheet.flatMap((row) => row.slice(1, 2))).toEqual(expect.arrayContaining(names.slice(0, 4)));
});

it('writes large sums in one line each', async () => {
  const line = { ...quoteDocumentOf().lines[0], priceMinor: 999_999_999_99, lineMinor: 1_000_000_000_000 } as never;
  const { pages } = readPdf(await write('pdf', quoteDocumentOf({ lines: [line], grossMinor: 1_000_000_000_000 })));
  expect(pages[0]?.split('\n')).toEqual(
    expect.arrayContaining(['¥999,999,999.99', '¥10,000,000,000.00', '人民币（大写）：壹佰亿元整']),
  );
});

it('is asked for no more than it can soon write, and comes back after what went wrong', async () => {
  const asked = await Promise.all(Array.from({ length: 5 }, () => papers.write('xlsx', quoteDocumentOf())));
  expect(asked.filter((bytes) => bytes === null)).toHaveLength(2);
  await expect(papers.write('pdf', { ...quoteDocumentOf(), lines: null } as never)).rejects.toThrow(/null/);
  expect((await write('pdf', quoteDocumentOf())).subarray(0, 5).toString()).toBe('%PDF-');
  const left = expect(papers.write('pdf', quoteDocumentOf({}, 200))).rejects.toThrow('stopped');
  await papers.stop();
  await left;
  expect((await write('xlsx', quoteDocumentOf())).subarray(0, 2).toString()).toBe('PK');
});
