// Goes through all names by their first characters, which rule nearly all of them out.
import type { KnownName } from './known-name.ts';
import type { Layout } from './sounds.ts';
import type { SplitName } from './split-name.ts';

/** One customer, taken apart. */
export interface Entry extends Layout {
  readonly known: KnownName;
  readonly split: SplitName;
}

/** All names, kept so that one look at a few megabytes of characters leaves the few worth comparing. */
export interface Scan {
  /** Names whose place or whose body starts with such a character. */
  startingWith(test: (code: number) => boolean): Iterable<Entry>;
  /** Names of which the words may be one slip away. */
  oneSlipFrom(words: string): Iterable<Entry>;
}

/** Reads the first two characters of each name and of each body. */
export function scanOf(entries: readonly Entry[]): Scan {
  const starts = new Uint16Array(entries.length * 4);
  entries.forEach(({ flat, bodyFrom }, i) => {
    starts.set(
      [flat.charCodeAt(0), flat.charCodeAt(1), flat.charCodeAt(bodyFrom), flat.charCodeAt(bodyFrom + 1)],
      4 * i,
    );
  });
  const filter = (fits: (first: number, second: number) => boolean): Entry[] => {
    const found: Entry[] = [];
    for (let i = 0; i < entries.length; i++) {
      const at = 4 * i;
      if (
        fits(starts[at] as number, starts[at + 1] as number) ||
        fits(starts[at + 2] as number, starts[at + 3] as number)
      )
        found.push(entries[i] as Entry);
    }
    return found;
  };
  return {
    startingWith: (test) => filter((first) => test(first)),
    oneSlipFrom: (words) => {
      const a = words.charCodeAt(0);
      const b = words.charCodeAt(1);
      // The slip is behind the first character, or it is the first: another, one too many, one missing.
      return filter((first, second) => first === a || second === b || first === b || second === a);
    },
  };
}
