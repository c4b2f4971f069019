/** What people say in the benches: the labelled chat lines of the tests, of our trade and of others. */
import { readFileSync } from 'node:fs';
import type { Speaker } from '../src/crm/signal/detect/index.ts';

export interface Line {
  readonly speaker: Speaker;
  readonly text: string;
}

const FILES = ['dev.tsv', 'heldout-open.tsv', 'heldout-sealed.tsv', 'trades-open.tsv', 'trades-sealed.tsv'];

/** About a thousand lines; most files' lines say something about a deal, so a real chat is easier work. */
export function readLines(): Line[] {
  return FILES.flatMap((file) =>
    readFileSync(new URL(`../tests/fixtures/signals/${file}`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Line => {
        const [speaker, text = ''] = line.split('\t');
        return { speaker: speaker === 'staff' ? 'staff' : 'customer', text: text.replaceAll('\\n', '\n') };
      }),
  );
}

/** Small talk of a sales chat, with one request among it: what most messages are like. */
export const SMALL_TALK: readonly string[] = [
  '您好，上次说的那批轴承座，规格书发您邮箱了，麻烦看一下材料和公差要求',
  '好的，收到',
  '我们这边下周二开会定，到时候给您回话',
  '周工在吗？图纸第 3 页那个孔位尺寸是不是标错了',
  '帮我报下价，3000 套，含税到宁波',
];

/** Moves a deal that stands in `contacted`. */
export const QUOTE_REQUEST = '帮我报下价，3000 套，规格书发您邮箱了';
