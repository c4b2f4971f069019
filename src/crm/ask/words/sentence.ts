// The words of a text, laid out for judging what they ask.
import type { Topic } from '../topics.ts';
import type { Piece } from './cut.ts';
import type { Role } from './lexicon.ts';

/** A text without what means nothing. */
export interface Sentence {
  /** Words that mean something, and names. */
  readonly pieces: readonly Piece[];
  /** Words that mean something. */
  readonly words: readonly Piece[];
  readonly topics: ReadonlySet<Topic>;
  /** The words with a space between. */
  readonly text: string;
  /** What only short verbs of many uses speak of (打 in 打款 and in 打样). */
  readonly vague: ReadonlySet<Topic>;
  /** It speaks of what has happened: 了, 过, 上次, 什么时候发的. */
  readonly happened: boolean;
  /** It begins as an English question does: has … paid. */
  readonly inverted: boolean;
  /** It, or a part of it, ends in 没 or 不, which makes it a question. */
  readonly endsInNot: boolean;
  /** Nothing in it is unknown. */
  readonly covered: boolean;
  has(...roles: Role[]): boolean;
}

export const is = (piece: Piece, role: Role): boolean => piece.words.some((word) => word.role === role);

/** The sentence of some pieces; a part of it ends at a gap or a comma. */
export function layOut(all: readonly Piece[], gaps: readonly number[]): Sentence {
  const pieces = all.filter((piece) => piece.name || (piece.words.length > 0 && !is(piece, 'fill')));
  const words = pieces.filter(({ name }) => !name);
  const has = (...roles: Role[]): boolean => words.some((piece) => roles.some((role) => is(piece, role)));
  const actOf = all.some(
    ({ text }, i) => text === '的' && all[i - 1]?.words.some(({ role }) => role === 'verb' || role === 'move'),
  );
  const endsPart = (i: number): boolean => {
    const next = all[i + 1];
    if (next === undefined || gaps.includes(next.from) || /[,!?~;]/.test(next.text)) return true;
    return is(next, 'fill') && endsPart(i + 1);
  };
  return {
    pieces,
    words,
    topics: new Set(words.flatMap((piece) => piece.words.flatMap(({ topic }) => topic ?? []))),
    vague: vagueTopics(words),
    text: words.map(({ text }) => text).join(' '),
    happened: has('past', 'done') || actOf || words.some(({ text }) => /[了过]|ed$|paid|sent/.test(text)),
    inverted: /^(?:has|have|did|is|was|are)$/.test(all[0]?.text ?? ''),
    endsInNot: all.some((piece, i) => i > 0 && is(piece, 'not') && endsPart(i)),
    covered: all.every((piece) => piece.name || piece.words.length > 0),
    has,
  };
}

function vagueTopics(pieces: readonly Piece[]): ReadonlySet<Topic> {
  const all = pieces.flatMap(({ words }) => words);
  const clear = new Set(all.filter(({ text, role }) => text.length > 1 || role === 'noun').map(({ topic }) => topic));
  return new Set(all.flatMap(({ topic }) => (topic === null || clear.has(topic) ? [] : topic)));
}
