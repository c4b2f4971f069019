/** What was typed into a quote and not yet saved stays on the device: a closed page or a lost network loses nothing. */
import { nextKey, type TypedLine, type TypedQuote } from './quote-draft.ts';

interface Kept {
  /** Of the quote that it was typed into. */
  readonly version: number;
  readonly typed: TypedQuote;
}

const nameOf = (id: string): string => `liaodan.quote.${id}`;

/** Without costs: they are not for whoever opens this device. A device that keeps nothing is no fault of the person. */
export function keep(id: string, version: number, typed: TypedQuote): void {
  const lines = typed.lines.map((line) => ({ ...line, costMinor: null }));
  try {
    localStorage.setItem(nameOf(id), JSON.stringify({ version, typed: { ...typed, lines } }));
  } catch {}
}

export function forget(id: string): void {
  try {
    localStorage.removeItem(nameOf(id));
  } catch {}
}

/** Null where there is none; costs are those of `known` lines. */
export function kept(id: string, known: readonly TypedLine[]): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(id)) ?? 'null') as Kept | null;
    if (!found) return null;
    const lines = found.typed.lines.map((line) => ({ ...line, key: nextKey(), costMinor: costOf(line, known) }));
    return { version: found.version, typed: { ...found.typed, lines } };
  } catch {
    return null;
  }
}

const costOf = ({ productId }: TypedLine, known: readonly TypedLine[]): number | null =>
  known.find((line) => productId !== null && line.productId === productId)?.costMinor ?? null;
