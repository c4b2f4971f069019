// The words around a name, laid out for judging.
import type { Topic } from '../topics.ts';
import type { Token } from './cover.ts';
import type { Role } from './lexicon.ts';

/** The words of one reading without the ones that mean nothing. */
export interface Sentence {
  readonly before: readonly Token[];
  readonly after: readonly Token[];
  readonly words: readonly Token[];
  readonly topics: ReadonlySet<Topic>;
  /** The words with a space between. */
  readonly text: string;
  /** What only short verbs of many uses speak of (打 in 打款 and in 打样). */
  readonly vague: ReadonlySet<Topic>;
  /** It speaks of what has happened: 了, 过, 上次, 什么时候发的. */
  readonly happened: boolean;
  /** It begins as an English question does: has … paid. */
  readonly inverted: boolean;
  /** It ends in 没 or 不, which makes it a question. */
  readonly endsInNot: boolean;
  has(...roles: Role[]): boolean;
}

export const is = (token: Token, role: Role): boolean => token.some((word) => word.role === role);
/** The word as written. */
export const written = (token: Token | undefined): string => token?.[0]?.text ?? '';

/** The sentence whose name stands between `before` and `after`. */
export function layOut(before: readonly Token[], after: readonly Token[]): Sentence {
  const all = [...before, ...after];
  const meaningful = (token: Token): boolean => !is(token, 'fill');
  const words = all.filter(meaningful);
  const has = (...roles: Role[]): boolean => words.some((token) => roles.some((role) => is(token, role)));
  const last = words.filter((token) => !is(token, 'mark')).at(-1);
  const actOf = all.some(
    (token, i) => written(token) === '的' && all[i - 1]?.some(({ role }) => role === 'verb' || role === 'move'),
  );
  return {
    before: before.filter(meaningful),
    after: after.filter(meaningful),
    words,
    topics: new Set(words.flatMap((token) => token.flatMap(({ topic }) => topic ?? []))),
    vague: vagueTopics(words),
    text: words.map(written).join(' '),
    happened: has('past', 'done') || actOf || words.some((token) => /[了过]|ed$|paid|sent/.test(written(token))),
    inverted: /^(?:has|have|did|is|was|are)$/.test(written(before[0])),
    endsInNot: last !== undefined && is(last, 'not') && words.length > 1,
    has,
  };
}

function vagueTopics(words: readonly Token[]): ReadonlySet<Topic> {
  const all = words.flat();
  const clear = new Set(all.filter(({ text, role }) => text.length > 1 || role === 'noun').map(({ topic }) => topic));
  return new Set(all.flatMap(({ topic }) => (topic === null || clear.has(topic) ? [] : topic)));
}
