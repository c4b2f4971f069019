// Reads a text as words of the lexicon around at most one hole, where a name may stand.
import { longest, type Word, wordsWritten } from './lexicon.ts';

/** One written word and the things it may do. */
export type Token = readonly Word[];

/** A text read as `before`, the characters from `from` to `to` (none: from = to), `after`. */
export interface Reading {
  readonly before: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly after: readonly Token[];
}

const isLatin = (c: string | undefined): boolean => c !== undefined && /[a-z0-9]/.test(c);

/** Every reading with a hole of at least two characters, smallest hole first; the whole text without a hole first of all. */
export function readings(text: string): readonly Reading[] {
  const heads = cover(text, false);
  const tails = cover(text, true);
  const whole = heads[text.length];
  const found: Reading[] =
    whole === undefined || whole === null ? [] : [{ before: whole.tokens, from: 0, to: 0, after: [] }];
  for (let size = 2; size <= text.length; size++)
    for (let from = 0; from + size <= text.length; from++) {
      const head = heads[from];
      const tail = tails[from + size];
      if (!head || !tail || !isHole(text, from, from + size)) continue;
      found.push({ before: head.tokens, from, to: from + size, after: tail.tokens });
    }
  return found;
}

/** Chinese with brackets at most (恒锐~中国~), or Latin words with the stops of Co., Ltd. */
const nameShape =
  /^[a-z0-9一-鿿](?:[^,?!、:;\n~]*(?:~[^,?!、:;\n~]+~[^,?!、:;\n~]*)?[a-z0-9一-鿿~]|[a-z0-9 .,&'-]*[a-z0-9!])?$/;

function isHole(text: string, from: number, to: number): boolean {
  return (
    nameShape.test(text.slice(from, to)) &&
    !(isLatin(text[from]) && isLatin(text[from - 1])) &&
    !(isLatin(text[to - 1]) && isLatin(text[to]))
  );
}

type Path = { readonly cost: number; readonly tokens: readonly Token[] };

/** The fewest words (什么时候 is one) that read each beginning of the text (or, backwards, each end); null where none do. */
function cover(text: string, backwards: boolean): readonly (Path | null)[] {
  const n = text.length;
  const paths: (Path | null)[] = new Array(n + 1).fill(null);
  paths[backwards ? n : 0] = { cost: 0, tokens: [] };
  for (let step = 1; step <= n; step++) {
    const here = backwards ? n - step : step;
    for (let size = 1; size <= Math.min(step, longest); size++) {
      const [from, to] = backwards ? [here, here + size] : [here - size, here];
      const rest = paths[backwards ? to : from];
      if (!rest) continue;
      const token = wordsWritten(text.slice(from, to));
      if (token.length === 0 || (isLatin(text[from]) && isLatin(text[from - 1]))) continue;
      if (isLatin(text[to - 1]) && isLatin(text[to])) continue;
      const cost = rest.cost + 1;
      const known = paths[here];
      if (known && known.cost <= cost) continue;
      paths[here] = { cost, tokens: backwards ? [token, ...rest.tokens] : [...rest.tokens, token] };
    }
  }
  return paths;
}
