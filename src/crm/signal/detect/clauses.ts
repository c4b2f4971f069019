// Cuts a normalised text into clauses, the stretch of words within which a negation or a question counts.
import type { Normalised } from './normalise.ts';

/** One clause: `start` is its place in the normal text; `question` is true when a question mark ends it. */
export type Clause = {
  text: string;
  /** The same with look-alikes (样板间, 贷款) in place, which `text` has blanked. */
  said: string;
  start: number;
  end: number;
  question: boolean;
  /** Ends a sentence: what a conditional before it opens does not reach past it. */
  closes: boolean;
  english: boolean;
};

const MAX_CLAUSE_CHARS = 200;
const isHan = (c: number): boolean => c >= 0x4e00 && c <= 0x9fff;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** The clauses of a text, in order, without their punctuation; empty ones are left out. `said` is the text before look-alikes were blanked. */
export function splitClauses(norm: Normalised, said: string = norm.text): Clause[] {
  const { text, gaps } = norm;
  const clauses: Clause[] = [];
  let start = 0;
  const close = (end: number, mark: number): void => {
    let from = start;
    let to = end;
    while (from < to && text.charCodeAt(from) === 32) from++;
    while (to > from && text.charCodeAt(to - 1) === 32) to--;
    if (to > from) {
      const closes = mark === 33 || mark === 63 || mark === 10;
      const part = said.slice(from, to);
      clauses.push({
        text: text.slice(from, to),
        said: part,
        start: from,
        end: to,
        question: mark === 63,
        closes,
        english: !hasHan(part),
      });
    } else if (clauses.length > 0 && mark === 63) {
      const last = clauses[clauses.length - 1] as Clause;
      last.question = true;
    }
  };
  let nextGap = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    while (nextGap < gaps.length && (gaps[nextGap] as number) < i) nextGap++;
    if (gaps[nextGap] === i && isPause(text, gaps, nextGap, start)) {
      close(i, 44);
      start = i;
    }
    // Nobody speaks this long in one breath; the limit keeps the judging of junk short.
    if (i - start >= MAX_CLAUSE_CHARS) {
      close(i, 44);
      start = i;
    }
    if (endsClause(text, i, c)) {
      close(i, c);
      start = i + 1;
    }
  }
  close(text.length, 0);
  return clauses;
}

function endsClause(text: string, i: number, c: number): boolean {
  if (c === 44)
    return !(isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i + 1)) && isDigit(text.charCodeAt(i + 3)));
  // 报价:8.5元 says one thing; 如下: opens another clause.
  if (c === 58) return !isDigit(text.charCodeAt(i + 1));
  return c === 33 || c === 59 || c === 63 || c === 10 || c === 0x7e || c === 0xff1b;
}

/** A typed space is a pause when both sides are phrases of three Chinese characters or more; 报 价 is one word typed apart. */
function isPause(text: string, gaps: readonly number[], index: number, start: number): boolean {
  const at = gaps[index] as number;
  const before = Math.max(start, index > 0 ? (gaps[index - 1] as number) : 0);
  const after = gaps[index + 1] ?? text.length;
  return at - before >= 3 && after - at >= 3 && isHan(text.charCodeAt(at)) && isHan(text.charCodeAt(at - 1));
}

function hasHan(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isHan(text.charCodeAt(i))) return true;
  return false;
}
