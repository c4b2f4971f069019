// Finds the customers that words mean: short names, sounds, initials, slips of one character.
import { spell } from '../words/spelling.ts';
import { type Asked, takenApart } from './asked.ts';
import { findMentions, type NameIndex } from './find-mentions.ts';
import { englishGeneric, leadingPlace } from './generic-words.ts';
import type { KnownName, NameBook } from './known-name.ts';
import { isOneSlip } from './one-slip.ts';
import { isChatWord } from './ordinary-words.ts';
import { type Entry, type Scan, scanOf } from './scan.ts';
import { type SplitName, splitName } from './split-name.ts';

export type { KnownName, NameBook };

/** More that sound alike than this are no choice for a person. */
const MOST = 20;

/** Reads the names once (about 1 s for 100,000); asking is a matter of milliseconds afterwards, sounds are read when first needed. */
export function compileNames(names: readonly KnownName[]): NameBook {
  const entries: Entry[] = [];
  const byCore = new Map<string, Entry[]>();
  const byPart = new Map<string, Entry[]>();
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
    put(byCore, split.core, entry);
    for (const part of partsOf(known.name, split)) put(byPart, part, entry);
  }
  const scan = scanOf(entries);
  const written = (asked: SplitName): readonly KnownName[] =>
    best(byCore.get(asked.core) ?? calledInPart(byPart.get(asked.core)), (entry) => agreement(asked, entry.split));
  const named = (words: string | Asked): readonly KnownName[] => written(takenApart(words).split);
  const find = (words: string | Asked): readonly KnownName[] => {
    const asked = takenApart(words);
    if (asked.split.core === '') return [];
    const exact = written(asked.split);
    return exact.length > 0 || asked.split.generic ? exact : near(asked, scan);
  };
  const index: NameIndex = {
    isCore: (words) => byCore.has(words) || (/^[a-z]/.test(words) && byPart.has(words)),
    named,
    fits: (words) => {
      const asked = splitName(words);
      return (byCore.get(asked.core) ?? []).some(({ split }) => (agreement(asked, split) ?? OTHER_TRADE) < OTHER_TRADE);
    },
  };
  return { find, named, mentions: (text) => findMentions(text, index) };
}

function put(index: Map<string, Entry[]>, words: string, entry: Entry): void {
  const same = index.get(words);
  if (same === undefined) index.set(words, [entry]);
  else same.push(entry);
}

/** What a customer may be called by if nobody else is: a word of an English name (Rexroth), a place or a trade. */
function partsOf(name: string, { core, places, trade, generic }: SplitName): readonly string[] {
  const latin = /[a-z]{3}/i.test(name) ? (spell(name).text.match(/[a-z][a-z0-9]{2,}/g) ?? []) : [];
  const words = latin.filter((word) => word !== core && !englishGeneric.has(word));
  if (!generic) return [...words, ...places, ...(trade === '' ? [] : [trade])];
  const place = leadingPlace(core);
  return [...words, ...[place, core.slice(place.length)].filter((part) => part !== '' && part !== core)];
}

/** 永康 is 永康五金 where no other customer is in 永康; an English word may be that of several. */
function calledInPart(entries: readonly Entry[] = []): readonly Entry[] {
  const [only] = entries;
  if (entries.length === 1 && only?.split.generic) return entries;
  return entries.filter(({ flat }) => /[a-z]{3}/.test(flat));
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

/** By sound or spelling first, then with one slip. */
function near({ split: { places }, words, body, ears }: Asked, scan: Scan): readonly KnownName[] {
  const { ear, bodyEar } = ears();
  const elsewhere = ({ split }: Entry): boolean =>
    split.places.length > 0 && places.length > 0 && !places.some((place) => split.places.includes(place));
  const rankedBy = (rankOf: (entry: Entry) => number | null) => (entry: Entry) => {
    // First: nearly every name is told apart by it.
    const rank = rankOf(entry);
    return rank === null || entry.split.generic || isChatWord(entry.split.core) || elsewhere(entry) ? null : rank;
  };
  const bySound = best(scan.startingWith(ear.mayStart), rankedBy(ear.hear));
  if (bySound.length > 0) return bySound;
  const inNoPlace =
    body === words
      ? []
      : best(
          scan.startingWith(bodyEar.mayStart),
          rankedBy((entry) => (entry.bodyFrom > 0 ? null : bodyEar.hear(entry))),
        );
  return inNoPlace.length > 0
    ? inNoPlace
    : best(
        scan.oneSlipFrom(words),
        rankedBy((entry) => (isOneSlip(words, entry) ? 0 : null)),
      );
}

function best(entries: Iterable<Entry>, rankOf: (entry: Entry) => number | null): readonly KnownName[] {
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
