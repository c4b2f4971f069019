// Finds customers named inside a longer text.
import { spell } from '../words/spelling.ts';
import { isPlace, leadingGeneric } from './generic-words.ts';
import type { KnownName, Mention } from './known-name.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

const LONGEST_CORE = 12;
const LONGEST_PLACE = 4;

/** What is asked of the names while a text is read. */
export interface NameIndex {
  /** Whether somebody is called so, place and trade left out. */
  isCore(words: string): boolean;
  named(words: string): readonly KnownName[];
  /** Whether the words are nearer to how somebody is written than their core alone. */
  fits(words: string): boolean;
}

/** Mentions from left to right, none overlapping; only names as written, no guesses by sound. */
export function findMentions(source: string, { isCore, named, fits }: NameIndex): readonly Mention[] {
  const { text, at } = spell(source);
  const found: Mention[] = [];
  let free = 0;
  for (let i = 0; i < text.length; i++) {
    for (let end = Math.min(text.length, i + LONGEST_CORE); end - i >= 2; end--) {
      const core = text.slice(i, end);
      if (!isCore(core) || !isWholeWord(text, i, end)) continue;
      const from = Math.max(free, startOf(text, i));
      const to = endOf(text, from, end, fits);
      if (from === i && to === end && isOrdinaryWord(core)) continue;
      const names = named(text.slice(from, to));
      if (names.length === 0) continue;
      found.push({ from: at[from] as number, to: (at[to - 1] as number) + 1, names });
      free = to;
      i = to - 1;
      break;
    }
  }
  return found;
}

const isLatin = (c: string | undefined): boolean => c !== undefined && /[a-z0-9]/.test(c);

function isWholeWord(text: string, from: number, to: number): boolean {
  return !((isLatin(text[from]) && isLatin(text[from - 1])) || (isLatin(text[to - 1]) && isLatin(text[to])));
}

function startOf(text: string, core: number): number {
  const before = /[省市]$/.test(text.slice(0, core)) ? core - 1 : core;
  for (let length = LONGEST_PLACE; length >= 2; length--)
    if (before >= length && isPlace(text.slice(before - length, before))) return before - length;
  return core;
}

/** 恒锐机电 is the name of one who has that trade, 恒锐技术 the technicians of 恒锐. */
function endOf(text: string, from: number, core: number, fits: (words: string) => boolean): number {
  let end = core;
  for (let word = leadingGeneric(text.slice(end)); word !== ''; word = leadingGeneric(text.slice(end))) {
    if (!fits(text.slice(from, end + word.length))) break;
    end += word.length;
  }
  return end;
}
