/** Strikes names, telephone numbers and platforms' numbers of a person out of what is stored. Pure. */
import { NAMELESS } from '../names.ts';
import { STRUCK_OUT } from './holding.ts';

/** A name others may carry as well: it goes only out of what people write. A number goes out of everything. */
export interface Strike {
  readonly text: string;
  readonly kind: 'name' | 'number';
  /** Only in what belongs to the same customer, or in everything of the company. */
  readonly where: 'around' | 'everywhere';
}

const SHORTEST_NAME = 2;
/** A shorter number of a platform (lina, 0123) may be part of other words: it counts only where it stands alone, and not in what people write. */
const LONG = 16;

/** Names long enough not to be part of any other word, each once; what merely stands for a name is none. */
export function namesToStrike(names: readonly (string | null)[]): readonly string[] {
  const standIns: readonly string[] = Object.values(NAMELESS);
  const fit = names.map((name) => (name ?? '').trim()).filter((name) => [...name].length >= SHORTEST_NAME);
  return [...new Set(fit)].filter((name) => !standIns.includes(name));
}

/** A mainland number as people write it. */
export function writtenPhones(phone: string | null): readonly string[] {
  if (phone === null || phone.length < 7) return [];
  const mobile = /^(1\d{2})(\d{4})(\d{4})$/.exec(phone);
  return mobile ? [phone, mobile.slice(1).join(' '), mobile.slice(1).join('-')] : [phone];
}

export const isLongNumber = (number: string): boolean => number.length >= LONG;

/** In JSON quotes and backslashes are written differently. */
export function spellings(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))];
}

/** The longest first: a name may begin with another one. */
export function strikeOut(stored: string, texts: readonly string[]): string {
  let left = stored;
  for (const text of spellings(texts).toSorted((a, b) => b.length - a.length)) left = left.replaceAll(text, STRUCK_OUT);
  return left;
}

/** A platform's number where it stands alone, replaced by what nobody is called by but what still tells two apart. */
export function replaceNumber(stored: string, number: string, by: string): string {
  if (isLongNumber(number)) return stored.replaceAll(number, by);
  return stored.replace(new RegExp(`(?<![\\w-])${number.replace(SIGNS, '\\$&')}(?![\\w-])`, 'g'), by);
}

/** Whether a platform's number is there, and not as a part of another one. */
export const standsIn = (stored: string, number: string): boolean => replaceNumber(stored, number, '') !== stored;

/** The same in JSON, for a name or a telephone number, too: a line may begin with it, the country may stand before it. */
export function mentions(stored: string, text: string): boolean {
  const read = stored.replace(LINES, ' ');
  return standsIn(read, text) || (MOBILE.test(text) && standsIn(read, `86${text}`));
}

const LINES = /\\+(?:[nrtbf]|u[\da-f]{4})/gi;
const MOBILE = /^1\d{10}$/;

/** What means something in a regular expression. */
const SIGNS = /[.*+?^${}()|[\]\\]/g;
