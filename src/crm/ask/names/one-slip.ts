// Compares words with a name when one character is wrong, missing or too many.
import type { Layout } from './sounds.ts';

const SHORTEST = 4;

/** Whether one slip turns a part of the name of at least four characters (core covered) into the words. */
export function isOneSlip(words: string, { flat, bodyFrom, coreEnd }: Layout): boolean {
  if (words.length < SHORTEST - 1) return false;
  for (const from of bodyFrom > 0 ? [0, bodyFrom] : [0])
    for (const to of coreEnd < flat.length ? [coreEnd, flat.length] : [coreEnd])
      if (to - from >= SHORTEST && differsByOne(words, flat, from, to) && sharesCore(words, flat, bodyFrom, coreEnd))
        return true;
  return false;
}

/** A slip must leave something of what the company is called. */
function sharesCore(words: string, flat: string, bodyFrom: number, coreEnd: number): boolean {
  for (let i = bodyFrom; i < coreEnd; i++) if (words.includes(flat.charAt(i))) return true;
  return false;
}

function differsByOne(words: string, flat: string, from: number, to: number): boolean {
  const more = words.length - (to - from);
  if (more > 1 || more < -1) return false;
  let head = 0;
  const shorter = Math.min(words.length, to - from);
  while (head < shorter && words.charCodeAt(head) === flat.charCodeAt(from + head)) head++;
  let tail = 0;
  while (tail < shorter - head && words.charCodeAt(words.length - 1 - tail) === flat.charCodeAt(to - 1 - tail)) tail++;
  return head + tail === Math.max(words.length, to - from) - 1;
}
