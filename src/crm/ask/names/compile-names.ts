// Finds the customers that words mean: short names, sounds, initials, slips of one character.
import { findMentions } from './find-mentions.ts';
import { isOneSlip } from './one-slip.ts';
import { isSlackSpelling, isSpelling, type Layout, soundsLike } from './sounds.ts';
import { type SplitName, splitName } from './split-name.ts';

/** A customer as the asker may know it. */
export interface KnownName {
  readonly id: string;
  readonly name: string;
}

/** A place in a text that names customers; `from` and `to` are indexes in the text as it was given. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  readonly names: readonly KnownName[];
}

/** The customers by name. */
export interface NameBook {
  /** Best first; several only when they cannot be told apart; [] when none is near. */
  find(words: string): readonly KnownName[];
  /** As find, without guesses by sound or slip: the words are how the customer is written or a part of it. */
  named(words: string): readonly KnownName[];
  /** Names mentioned inside a longer text, with the span they cover. */
  mentions(text: string): readonly Mention[];
}

interface Entry extends Layout {
  readonly known: KnownName;
  readonly split: SplitName;
}

/** More that sound alike than this are no choice for a person. */
const MOST = 20;

/** Reads the names once (about 1 s for 100,000); asking is a matter of milliseconds afterwards, sounds are read when first needed. */
export function compileNames(names: readonly KnownName[]): NameBook {
  const entries: Entry[] = [];
  const byCore = new Map<string, Entry[]>();
  for (const known of names) {
    const split = splitName(known.name);
    if (split.core === '') continue;
    const before = split.places.join('');
    const entry = {
      known,
      split,
      flat: before + split.core + split.trade,
      bodyFrom: before.length,
      coreEnd: before.length + split.core.length,
    };
    entries.push(entry);
    const same = byCore.get(split.core);
    if (same === undefined) byCore.set(split.core, [entry]);
    else same.push(entry);
  }
  const written = (asked: SplitName): readonly KnownName[] =>
    best(byCore.get(asked.core) ?? [], (entry) => agreement(asked, entry.split));
  const named = (words: string): readonly KnownName[] => written(splitName(words));
  const find = (words: string): readonly KnownName[] => {
    const asked = splitName(words);
    if (asked.core === '') return [];
    const exact = written(asked);
    return exact.length > 0 || asked.generic ? exact : near(asked, entries);
  };
  return { find, named, mentions: (text) => findMentions(text, (core) => byCore.has(core), named) };
}

/** Whether the words of a new customer name one that is there: no guesses by sound or slip. */
export function isSameCompany(words: string, known: KnownName): boolean {
  const asked = splitName(words);
  const split = splitName(known.name);
  const rank = asked.core === split.core ? agreement(asked, split) : null;
  return rank !== null && rank < OTHER_TRADE;
}

const OTHER_TRADE = 3;

/** How well two names of the same core agree, 0 best; null when they are in different places. */
function agreement(asked: SplitName, split: SplitName): number | null {
  const samePlace = asked.places.length === 0 || asked.places.some((place) => split.places.includes(place));
  if (!samePlace && split.places.length > 0) return null;
  const sameTrade = asked.trade === '' || split.trade.includes(asked.trade) || inOrder(asked.trade, split.trade);
  if (!sameTrade && split.trade !== '' && !inOrder(split.trade, asked.trade)) return OTHER_TRADE;
  if (!samePlace || !sameTrade) return 2;
  return asked.trade === split.trade && asked.places.join() === split.places.join() ? 0 : 1;
}

/** Whether the characters of one stand in the other in the same order (机电 in 精密机电设备). */
function inOrder(part: string, whole: string): boolean {
  let at = -1;
  for (const c of part) {
    at = whole.indexOf(c, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function near(asked: SplitName, entries: readonly Entry[]): readonly KnownName[] {
  const body = asked.core + asked.trade;
  const words = asked.places.join('') + body;
  const inPlace = (entry: Entry): boolean =>
    asked.places.length === 0 || asked.places.some((place) => entry.split.places.includes(place));
  const tell = (test: (entry: Entry) => boolean): readonly KnownName[] =>
    best(entries, (entry) =>
      !entry.split.generic && (inPlace(entry) || entry.bodyFrom === 0) && test(entry) ? 0 : null,
    );
  const tests: ((entry: Entry) => boolean)[] = /^[a-z0-9]+$/.test(words)
    ? [
        (entry) => words.length >= 3 && entry.flat.startsWith(words, entry.bodyFrom),
        (entry) => isSpelling(words, entry),
        (entry) => isSlackSpelling(words, entry),
      ]
    : [
        (entry) => entry.flat.startsWith(body, entry.bodyFrom),
        (entry) => soundsLike(words, entry, true),
        (entry) => soundsLike(words, entry, false),
        (entry) => body.length > 2 && entry.split.core.includes(body),
      ];
  tests.push((entry) => isOneSlip(words, entry));
  for (const test of tests) {
    const found = tell(test);
    if (found.length > 0) return found;
  }
  return [];
}

function best(entries: readonly Entry[], rankOf: (entry: Entry) => number | null): readonly KnownName[] {
  let least = Number.POSITIVE_INFINITY;
  let found: KnownName[] = [];
  for (const entry of entries) {
    const rank = rankOf(entry);
    if (rank === null || rank > least) continue;
    if (rank < least) found = [];
    least = rank;
    if (found.length < MOST) found.push(entry.known);
  }
  return found.sort((a, b) => a.name.length - b.name.length);
}
