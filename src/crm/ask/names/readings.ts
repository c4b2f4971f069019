// How Chinese characters sound, without tones, read once per character.
import { pinyin } from 'pinyin-pro';

/** All readings of one character: as spelt, as many people say them (no n/ng, l/n, zh/z), and their first letters. */
export interface Reading {
  readonly spelt: readonly string[];
  readonly said: readonly string[];
}

const known = new Map<number, Reading>();

/** The readings of a character; a letter or digit reads as itself. */
export function readingOf(code: number): Reading {
  const found = known.get(code);
  if (found !== undefined) return found;
  const character = String.fromCharCode(code);
  const spelt =
    code < 0x3400
      ? [character]
      : [...new Set(pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true }))];
  const reading = { spelt, said: [...new Set(spelt.map(asSaid))] };
  known.set(code, reading);
  return reading;
}

/** A spelling with the differences taken out that dialects and voice input do not keep. */
export const asSaid = (spelling: string): string =>
  spelling
    .replace(/([zcs])h/g, '$1')
    .replace(/ng/g, 'n')
    .replace(/l(?=[aeiouv])/g, 'n');
