// Compares words with a name by ear: characters that sound alike, and names typed in Latin letters.
import { asSaid, readingOf } from './readings.ts';

/** A name laid out for listening: places and body in one string; the core ends at `coreEnd`, the body begins at `bodyFrom`. */
export interface Layout {
  readonly flat: string;
  readonly bodyFrom: number;
  readonly coreEnd: number;
}

const share = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/** Whether Chinese words sound like the name or a beginning of it that covers the core. `exact` keeps n/ng, l/n and zh/z apart. */
export function soundsLike(words: string, { flat, bodyFrom, coreEnd }: Layout, exact: boolean): boolean {
  return heard(words, flat, 0, coreEnd, exact) || (bodyFrom > 0 && heard(words, flat, bodyFrom, coreEnd, exact));
}

function heard(words: string, flat: string, from: number, coreEnd: number, exact: boolean): boolean {
  const end = from + words.length;
  // A single character behind the core is half a word (恒锐寄 is not 恒锐机电).
  if (end < coreEnd || end > flat.length || (end === coreEnd + 1 && end < flat.length)) return false;
  for (let i = 0; i < words.length; i++) {
    const a = words.charCodeAt(i);
    const b = flat.charCodeAt(from + i);
    if (a === b) continue;
    if (a < 0x3400 || b < 0x3400) return false;
    const key = exact ? 'spelt' : 'said';
    if (!share(readingOf(a)[key], readingOf(b)[key])) return false;
  }
  return true;
}

/** Whether Latin letters are the name's initials (nbhr, hrjd) or its full spelling (hengrui, ningbohengrui). */
export function isSpelling(letters: string, { flat, bodyFrom, coreEnd }: Layout): boolean {
  return [...new Set([0, bodyFrom])].some(
    (from) =>
      (letters.length >= 3 && areInitials(letters, flat, from, coreEnd)) ||
      (letters.length >= 4 && spells(letters, 0, flat, from, coreEnd, false)),
  );
}

/** As isSpelling, with n/ng, l/n and zh/z taken as one. */
export function isSlackSpelling(letters: string, { flat, bodyFrom, coreEnd }: Layout): boolean {
  const said = asSaid(letters);
  return said.length >= 4 && [...new Set([0, bodyFrom])].some((from) => spells(said, 0, flat, from, coreEnd, true));
}

function areInitials(letters: string, flat: string, from: number, coreEnd: number): boolean {
  const end = from + letters.length;
  if (end < coreEnd || end > flat.length) return false;
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charCodeAt(i);
    const code = flat.charCodeAt(from + i);
    if (code < 0x3400 ? code !== letter : !readingOf(code).spelt.some((one) => one.charCodeAt(0) === letter))
      return false;
  }
  return true;
}

function spells(letters: string, at: number, flat: string, from: number, coreEnd: number, slack: boolean): boolean {
  if (at === letters.length) return from >= coreEnd;
  if (from >= flat.length) return false;
  const { said, spelt } = readingOf(flat.charCodeAt(from));
  return (slack ? said : spelt).some(
    (one) => letters.startsWith(one, at) && spells(letters, at + one.length, flat, from + 1, coreEnd, slack),
  );
}
