// Compares words with a name by ear: characters that sound alike, and names typed in Latin letters.
import { asSaid, readingOf } from './readings.ts';

/** A name laid out for listening: places and body in one string; the core ends at `coreEnd`, the body begins at `bodyFrom`. */
export interface Layout {
  readonly flat: string;
  readonly bodyFrom: number;
  readonly coreEnd: number;
}

/** Listens for names that answer to some words. */
export interface Ear {
  /** Nearly every name is told apart by its first character: whether one beginning so can be meant at all. */
  mayStart(code: number): boolean;
  /** 0 as written, 1 sounds the same, 2 sounds much the same (n/ng, l/n, z/zh), null not at all. */
  hear(name: Layout): 0 | 1 | 2 | null;
}

const HAN = 0x3400;
const share = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/** An ear for words: Chinese characters, or Latin letters that spell a name or are its initials (hengrui, nbhr, hrjd). */
export function earFor(words: string): Ear {
  return /^[a-z0-9]+$/.test(words) ? earForLetters(words) : earForCharacters(words);
}

function earForCharacters(words: string): Ear {
  const first = words.charCodeAt(0);
  return {
    mayStart: remembered((code) => alike(first, code) !== null),
    hear: ({ flat, bodyFrom, coreEnd }) => {
      const inBody = hear(words, flat, bodyFrom, coreEnd);
      const inAll = bodyFrom > 0 ? hear(words, flat, 0, coreEnd) : null;
      return inBody === null || (inAll !== null && inAll < inBody) ? inAll : inBody;
    },
  };
}

function remembered(test: (code: number) => boolean): (code: number) => boolean {
  const known = new Int8Array(65536);
  return (code) => {
    if (known[code] === 0) known[code] = test(code) ? 1 : -1;
    return known[code] === 1;
  };
}

function hear(words: string, flat: string, from: number, coreEnd: number): 0 | 1 | 2 | null {
  const end = from + words.length;
  if (end > flat.length) return null;
  // A beginning of the core is enough as written (海康), not by sound; one character behind it is half a word (恒锐寄, 恒锐机电).
  const half = end < coreEnd || (end === coreEnd + 1 && end < flat.length);
  if (half) return flat.startsWith(words, from) ? 0 : null;
  let worst: 0 | 1 | 2 = 0;
  for (let i = 0; i < words.length; i++) {
    const one = alike(words.charCodeAt(i), flat.charCodeAt(from + i));
    if (one === null) return null;
    if (one > worst) worst = one;
  }
  return worst;
}

function alike(a: number, b: number): 0 | 1 | 2 | null {
  if (a === b) return 0;
  if (a < HAN || b < HAN) return null;
  const one = readingOf(a);
  const other = readingOf(b);
  if (!share(one.said, other.said)) return null;
  return share(one.spelt, other.spelt) ? 1 : 2;
}

function earForLetters(letters: string): Ear {
  const said = asSaid(letters);
  return {
    mayStart: remembered((code) => {
      const { spelt, said: slack } = readingOf(code);
      return spelt.some((one) => one[0] === letters[0]) || slack.some((one) => one[0] === said[0]);
    }),
    hear: ({ flat, bodyFrom, coreEnd }) => {
      if (letters.length < 3) return null;
      if (flat.startsWith(letters, bodyFrom)) return 0;
      const starts = bodyFrom > 0 ? [0, bodyFrom] : [0];
      if (starts.some((from) => areInitials(letters, flat, from, coreEnd))) return 1;
      if (letters.length < 4) return null;
      if (starts.some((from) => spells(letters, 0, flat, from, coreEnd, false))) return 1;
      return said.length >= 4 && starts.some((from) => spells(said, 0, flat, from, coreEnd, true)) ? 2 : null;
    },
  };
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
