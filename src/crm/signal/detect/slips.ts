// Repairs what voice input and hurried typing do to deal words (报个架, 合铜), always with as many characters as it takes away.
import type { SignalsPolicy } from '../../../policy/schema/signals.ts';
import { normalise } from './normalise.ts';
import { alignsWithWords } from './word-edges.ts';

/** A wrong spelling and the right one, of equal length; `sure` ones need no look at the neighbours. */
export type Slip = { wrong: string; right: string; sure: boolean };

/** The wrong spellings a policy knows: those it lists, and each slip word with one character swapped for one that sounds alike. */
export function listSlips(policy: Pick<SignalsPolicy, 'slips' | 'slipWords' | 'soundsLike'>): Slip[] {
  const found = new Map<string, Slip>();
  const right = new Set(policy.slipWords.map(spell));
  for (const word of right) {
    for (let i = 0; i < word.length; i++) {
      for (const other of policy.soundsLike[word[i] as string] ?? '') {
        const wrong = word.slice(0, i) + other + word.slice(i + 1);
        if (!right.has(wrong)) found.set(wrong, { wrong, right: word, sure: false });
      }
    }
  }
  for (const [wrong, fix] of Object.entries(policy.slips)) {
    if (wrong.length === fix.length) found.set(spell(wrong), { wrong: spell(wrong), right: spell(fix), sure: true });
  }
  return [...found.values()];
}

/** The text with a slip ending at `end` repaired, or null when the characters belong to real words there (和同事). */
export function repair(text: string, slip: Slip, end: number): string | null {
  const start = end - slip.wrong.length;
  if (!slip.sure && !alignsWithWords(text, start, end)) return null;
  return text.slice(0, start) + slip.right + text.slice(end);
}

const spell = (word: string): string => normalise(word).text;
