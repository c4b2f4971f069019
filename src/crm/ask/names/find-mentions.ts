// Finds customers named inside a longer text.
import { spell } from '../words/spelling.ts';
import { isPlace, leadingGeneric } from './generic-words.ts';
import type { KnownName, Mention } from './known-name.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

const LONGEST_CORE = 12;
const LONGEST_PLACE = 4;

/** Mentions from left to right, none overlapping; only names as written, no guesses by sound. */
export function findMentions(
  source: string,
  isCore: (words: string) => boolean,
  find: (words: string) => readonly KnownName[],
): readonly Mention[] {
  const { text, at } = spell(source);
  const found: Mention[] = [];
  let free = 0;
  for (let i = 0; i < text.length; i++) {
    for (let end = Math.min(text.length, i + LONGEST_CORE); end - i >= 2; end--) {
      const core = text.slice(i, end);
      if (!isCore(core) || !isWholeWord(text, i, end)) continue;
      const from = Math.max(free, startOf(text, i));
      const to = endOf(text, end);
      if (from === i && to === end && isOrdinaryWord(core)) continue;
      const names = find(text.slice(from, to));
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

function endOf(text: string, core: number): number {
  let end = core;
  for (let word = leadingGeneric(text.slice(end)); word !== ''; word = leadingGeneric(text.slice(end)))
    end += word.length;
  return end;
}
