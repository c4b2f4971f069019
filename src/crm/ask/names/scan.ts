// Finds names by their first two characters, which rule nearly all of them out.
import type { KnownName } from './known-name.ts';
import type { Layout } from './sounds.ts';
import type { SplitName } from './split-name.ts';

/** One customer, taken apart. */
export interface Entry extends Layout {
  readonly known: KnownName;
  readonly split: SplitName;
}

/** All names, by what they begin with: their place or, where it is left out, their body. */
export interface Scan {
  /** Names whose place or whose body starts with such a character. */
  startingWith(test: (code: number) => boolean): Iterable<Entry>;
  /** Names of which the words may be one slip away. */
  oneSlipFrom(words: string): Iterable<Entry>;
}

/** Where in the list the names are that have a character at one place, in order. */
type Places = Map<number, number[]>;

/** Reads the first two characters of each name and of each body. */
export function scanOf(entries: readonly Entry[]): Scan {
  const byFirst: Places = new Map();
  const bySecond: Places = new Map();
  entries.forEach(({ flat, bodyFrom }, i) => {
    for (const from of bodyFrom > 0 ? [0, bodyFrom] : [0]) {
      put(byFirst, flat.charCodeAt(from), i);
      put(bySecond, flat.charCodeAt(from + 1), i);
    }
  });
  const all = (lists: readonly (readonly number[] | undefined)[]): Entry[] => {
    const [list = [], ...more] = lists.filter((one) => one !== undefined);
    const places = more.length === 0 ? list : [...new Set([list, ...more].flat())].sort((a, b) => a - b);
    return places.map((i) => entries[i] as Entry);
  };
  return {
    startingWith: (test) => all([...byFirst].filter(([code]) => test(code)).map(([, places]) => places)),
    oneSlipFrom(words) {
      const a = words.charCodeAt(0);
      const b = words.charCodeAt(1);
      // The slip is behind the first character, or it is the first: another, one too many, one missing.
      return all([byFirst.get(a), bySecond.get(b), byFirst.get(b), bySecond.get(a)]);
    },
  };
}

function put(places: Places, code: number, i: number): void {
  const same = places.get(code);
  if (same === undefined) places.set(code, [i]);
  else if (same.at(-1) !== i) same.push(i);
}
