/** Names in the spelling of comparison, kept as one text: looking through that is a matter of microseconds for thousands. */
import type { KnownName } from '../ask/names/known-name.ts';
import { spell } from '../ask/words/spelling.ts';

export interface Written {
  /** Ids of names that have these spelt words in them, in order; at most `limit` that begin with them, and as many others. */
  holding(typed: string, limit: number): Holding;
}

export interface Holding {
  readonly beginning: readonly string[];
  readonly within: readonly string[];
}

/** Before each name; no spelt text holds one. */
const START = '\0';

export function writtenNames(names: readonly KnownName[]): Written {
  const spelt = names.map(({ name }) => START + spell(name).text);
  const text = spelt.join('');
  const starts: number[] = [];
  let length = 0;
  for (const one of spelt) {
    starts.push(length);
    length += one.length;
  }

  return {
    holding(typed, limit) {
      const beginning: string[] = [];
      const within: string[] = [];
      for (let at = text.indexOf(typed); at >= 0 && beginning.length < limit; ) {
        const n = lastUpTo(starts, at);
        const { id } = names[n] as KnownName;
        if (at === (starts[n] as number) + START.length) beginning.push(id);
        else if (within.length < limit) within.push(id);
        at = text.indexOf(typed, starts[n + 1] ?? length);
      }
      return { beginning, within };
    },
  };
}

/** Where in the ascending list the last value is that is not above `limit`. */
function lastUpTo(values: readonly number[], limit: number): number {
  let [from, to] = [0, values.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((values[middle] as number) <= limit) from = middle;
    else to = middle;
  }
  return from;
}
