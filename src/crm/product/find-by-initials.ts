/** Products whose names have these first letters somewhere in a row: bxg and qf for 不锈钢球阀. */
import { readingOf } from '../ask/names/readings.ts';
import type { ProductRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';

const LETTERS = /^[a-z]{2,20}$/;
/** Products that are read in one go: some 10 ms. */
const PAGE = 1_000;

/** Null for words that are no initials. */
export function initialsIn(word: string): string | null {
  const letters = word.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  return LETTERS.test(letters) ? letters : null;
}

/** In the order of the catalogue, at most `limit`. `breathe`: lets everything else that waits go first, page by page. */
export async function findByInitials(
  tx: Tx,
  letters: string,
  {
    active,
    limit,
    breathe,
  }: { readonly active: boolean; readonly limit: number; readonly breathe: () => Promise<void> },
): Promise<readonly ProductRow[]> {
  const found: ProductRow[] = [];
  for (let after: ProductRow | null | undefined = null; after !== undefined && found.length < limit; ) {
    const page: readonly ProductRow[] = await tx.queries.products({ word: null, active, after, limit: PAGE });
    found.push(...page.filter(({ name }) => hasInitials(name, letters)));
    after = page.length < PAGE ? undefined : page.at(-1);
    await breathe();
  }
  return found.slice(0, limit);
}

function hasInitials(name: string, letters: string): boolean {
  const codes = [...name.normalize('NFKC').toLowerCase()].flatMap((sign) =>
    /\s/.test(sign) ? [] : [sign.charCodeAt(0)],
  );
  const beginsAt = (from: number): boolean =>
    [...letters].every((letter, at) => {
      const code = codes[from + at];
      return code !== undefined && readingOf(code).spelt.some((one) => one[0] === letter);
    });
  return codes.some((_, from) => beginsAt(from));
}
