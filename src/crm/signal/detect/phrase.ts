// Compiles one phrase of the policy, in its small notation, to an expression and the fixed words that make it worth running.
import { normalise } from './normalise.ts';

/** `expression` captures its gaps, with indices. `anchors`: at least one of them is in every text the expression matches. */
export type Phrase = { expression: RegExp; anchors: readonly string[] };

type Part =
  | { kind: 'words'; words: string[] }
  | { kind: 'gap' }
  | { kind: 'number'; source: string }
  | { kind: 'edge' };

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const isLatin = (c: string | undefined): boolean => c !== undefined && /[a-z0-9]/.test(c);

/** What may stand between a phrase and the end of its clause without taking the end away. */
const tail =
  '(?=(?:[吧呗哈啊呀哦喔呢嘛了啦噻咯哇吗么不先嘞哟]|一下|看看|可以|就行|就好|即可|就可以|的){0,3}(?:谢谢|多谢|感谢|辛苦).{0,4}$|(?:[吧呗哈啊呀哦喔呢嘛了啦噻咯哇吗么不先嘞哟]|一下|看看|可以|就行|就好|即可|就可以|的){0,3}$)';
const head = '(?<=^(?:那|嗯|好的?|哦|请|麻烦|那就|先|你|您|你们|老板|帮忙?|帮我|我){0,2})';
/** Built-in lists: any number, one in figures, and an amount that only a business orders. */
const numbers: Readonly<Record<string, string>> = {
  数: '(?:\\d[\\d.,]*[kw]?|[一二两三四五六七八九十百千万几半]{1,4})[千百万]?',
  数字: '\\d[\\d.,]*',
  数量: '(?:\\d{2,}[\\d,]*[kw万千百]?|\\d[\\d.]*[kw万千百]|[一二两三四五六七八九十几]*[百千万])[多来余]?',
};

/** The notation is documented at the phrase fields of the policy schema. Unknown word lists compile to nothing. */
export function compilePhrase(phrase: string, lists: Readonly<Record<string, readonly string[]>>): Phrase | null {
  const parts = parse(phrase, lists);
  let source = '';
  let anchors: readonly string[] = [];
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'edge') source += i === 0 ? head : tail;
    else if (part.kind === 'number') source += part.source;
    else if (part.kind === 'gap')
      source += isEnglish(parts[i - 1]) || isEnglish(parts[i + 1]) ? '(.{0,28}?)' : '(.{0,8}?)';
    else {
      if (part.words.length === 0) return null;
      source += `(?:${part.words.map(guarded).join('|')})`;
      if (shortest(part.words) > shortest(anchors)) anchors = part.words;
    }
  }
  return anchors.length === 0 ? null : { expression: new RegExp(source, 'dg'), anchors };
}

function shortest(words: readonly string[]): number {
  return words.length === 0 ? 0 : Math.min(...words.map((w) => w.length));
}

function isEnglish(part: Part | undefined): boolean {
  return part?.kind === 'words' && part.words.every((w) => isLatin(w.at(-1)));
}

/** One-character words of lists → what follows when they begin another word: 发 of 发货 sends no contract. */
const beginnings: Readonly<Record<string, string>> = {
  发: '货票现展布生热明起愁霉黄烧育动',
  打: '折电车扰算开扫击错包听交印工理烊',
  出: '现去差错口入国厂租售版问',
  做: '工法得人',
  来: '电自源访料得不',
  给: '力',
  要: '求是么点紧素不',
  走: '不货廊势',
  签: '收到名证',
  看: '不法来',
  定: '金制位期价',
  改: '天',
  开: '发会始票机心户通',
  盖: '子板',
  送: '货检',
  拿: '货',
  订: '金单阅货',
  传: '感真送',
  寄: '存件',
  样: '卷地式子貌例题章态稿刊张',
  留: '着言意学',
  缺: '货点口席乏德勤一',
  取: '消得代样',
  弄: '丢坏错脏混乱',
  补: '偿贴差',
};

function guarded(word: string): string {
  const next = word.length === 1 ? beginnings[word] : undefined;
  if (next !== undefined) return `${word}(?![${next}])`;
  const before = isLatin(word[0]) ? '(?<![a-z])' : '';
  const after = /[a-z]$/.test(word) ? '(?:e?s)?(?![a-z])' : '';
  return `${before}${escaped(word)}${after}`;
}

function parse(phrase: string, lists: Readonly<Record<string, readonly string[]>>): Part[] {
  const parts: Part[] = [];
  for (const piece of phrase.split(/(【[^】]*】|…+|\.{3,}|。)/)) {
    if (piece === '') continue;
    if (piece.startsWith('【')) {
      const list = piece.slice(1, -1);
      const source = numbers[list];
      if (source !== undefined) parts.push({ kind: 'number', source });
      else parts.push({ kind: 'words', words: spelled(lists[list] ?? []) });
    } else if (piece.startsWith('…') || piece.startsWith('...')) parts.push({ kind: 'gap' });
    else if (piece === '。') parts.push({ kind: 'edge' });
    else parts.push({ kind: 'words', words: spelled([piece]) });
  }
  return parts;
}

function spelled(words: readonly string[]): string[] {
  const set = new Set(words.map((w) => normalise(w).text.trim()).filter((w) => w !== ''));
  return [...set].sort((a, b) => b.length - a.length);
}
