/** The console's reading of Markdown: what stands in a line of its own, and what never becomes markup. */
import { expect, it } from 'vitest';
import { blocksOf, saidBy } from '../../../sandbox/console/markdown.ts';

const read = (words: string, breaks: 'all' | 'spaced') =>
  blocksOf(words, breaks).map(({ kind, lines }) => [
    kind,
    ...lines.map((line) => line.map(({ text }) => text).join('|')),
  ]);

it('breaks a line where two blanks say so, or everywhere', () => {
  expect(read('一  \n二\n三', 'spaced')).toEqual([['text', '一', '二 三']]);
  expect(read('一\n二', 'all')).toEqual([['text', '一', '二']]);
});

it('keeps headings, quotations, list items and rules apart', () => {
  expect(read('### 题\n> 甲：好  \n> 的\n\n---\n\n- 一\n- 二\n\n末', 'spaced')).toEqual([
    ['heading', '题'],
    ['quote', '甲：好', '的'],
    ['rule'],
    ['item', '一'],
    ['item', '二'],
    ['text', '末'],
  ]);
});

it('finds bold words and links in a line, and nothing in words that only look like tags', () => {
  const [block] = blocksOf('前 **粗** [去](https://a.b/c) <img src=x>', 'spaced');
  expect(block?.lines[0]).toEqual([
    { kind: 'plain', text: '前 ', url: '' },
    { kind: 'bold', text: '粗', url: '' },
    { kind: 'plain', text: ' ', url: '' },
    { kind: 'link', text: '去', url: 'https://a.b/c' },
    { kind: 'plain', text: ' <img src=x>', url: '' },
  ]);
});

it('knows what a link says for the person, and that others say nothing', () => {
  expect(saidBy(`dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent('推进【聊单 a1】')}`)).toBe(
    '推进【聊单 a1】',
  );
  expect(saidBy('https://dingtalkclient/sendMessage?content=x')).toBeNull();
});
