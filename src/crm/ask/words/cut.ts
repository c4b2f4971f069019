// Cuts a text into names, words that we know, and what is left: people say more than any list of words holds.
import { longest, type Word, wordsWritten } from './lexicon.ts';
import type { Spelt } from './spelling.ts';

/** A stretch of the text: a customer's name, a word of the lexicon with all it may do, or something unknown (no words). */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly words: readonly Word[];
  readonly name: boolean;
}

export type Span = { readonly from: number; readonly to: number };

const UNKNOWN = 2.5;
/** Dearer than two words of ours, cheaper than one and a character that is left. */
const ORDINARY = 2.2;
const NAME = 0.5;
const isLatin = (c: string | undefined): boolean => c !== undefined && /[a-z0-9]/.test(c);

/** Tells dictionary words, so that 评价 is not 价 and 会员 not 会. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Cuts a text by the fewest words, given where names may stand: 最新和 is 最新 + 和, also where a customer is called 新和. */
export function cutter({ text, gaps }: Pick<Spelt, 'text' | 'gaps'>): (names: readonly Span[]) => readonly Piece[] {
  const ordinary = [...segmenter.segment(text)]
    .map(({ index, segment }) => ({ from: index, to: index + segment.length }))
    .filter(({ from, to }) => to - from >= 2 && /^[一-鿿]+(?<![了没吗过的])$/.test(text.slice(from, to)));
  return (names) => cut(text, gaps, names, ordinary);
}

function cut(
  text: string,
  gaps: readonly number[],
  names: readonly Span[],
  ordinary: readonly Span[],
): readonly Piece[] {
  const cost = new Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY);
  const steps = new Array<Piece | null>(text.length + 1).fill(null);
  cost[0] = 0;
  const step = (from: number, to: number, price: number, words: readonly Word[], name = false): void => {
    const total = (cost[from] as number) + price;
    if (total >= (cost[to] as number)) return;
    cost[to] = total;
    steps[to] = { from, to, text: text.slice(from, to), words, name };
  };
  for (let from = 0; from < text.length; from++) {
    if (cost[from] === Number.POSITIVE_INFINITY) continue;
    for (const span of names) if (span.from === from) step(from, span.to, NAME, [], true);
    for (let to = from + 1; to <= Math.min(text.length, from + longest); to++) {
      if (isLatin(text[to - 1]) && isLatin(text[to])) continue;
      const words = wordsWritten(text.slice(from, to));
      if (words.length > 0) step(from, to, 1, words);
    }
    for (const span of ordinary) if (span.from === from) step(from, span.to, ORDINARY, []);
    let end = from + 1;
    if (isLatin(text[from])) while (isLatin(text[end])) end++;
    step(from, end, UNKNOWN, []);
  }
  const pieces: Piece[] = [];
  for (let at = text.length; at > 0; ) {
    const piece = steps[at] as Piece;
    at = piece.from;
    const next = pieces[0];
    if (next !== undefined && isUnknown(piece) && isUnknown(next) && !gaps.includes(next.from))
      pieces[0] = { ...next, from: at, text: piece.text + next.text };
    else pieces.unshift(piece);
  }
  return pieces;
}

/** Whether a piece is neither a name nor a word we know. */
export const isUnknown = (piece: Piece): boolean => !piece.name && piece.words.length === 0;
