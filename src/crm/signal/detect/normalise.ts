// Turns a chat text into the one spelling the rules are written in, remembering where each character came from.
import { simplified } from './han-map.ts';

/** Longer messages are judged by their first 4,000 characters: people do not type more, pasted documents do. */
export const MAX_CHARS = 4000;

/** A text in normal spelling; `at[i]` is the index in the source of character i, `gaps` holds positions where spaces were dropped. */
export type Normalised = { text: string; at: Uint16Array; gaps: readonly number[] };

const DROP = 0;
const SPACE = 32;
const BREAK = 0x7e; // ~ stands for whatever ends a clause without words: emoji, brackets, decorations

const table = buildTable();

function buildTable(): Uint16Array {
  const t = new Uint16Array(65536);
  for (let c = 0; c < 65536; c++) t[c] = c;
  for (let c = 0xff01; c <= 0xff5e; c++) t[c] = c - 0xfee0;
  for (let c = 65; c <= 90; c++) t[c] = t[c + 0xfee0] = c + 32;
  for (const [from, to] of simplified) t[from] = to;
  for (let c = 0xd800; c <= 0xdfff; c++) t[c] = BREAK;
  for (let c = 0x2190; c <= 0x2bff; c++) t[c] = BREAK;
  const set = (chars: string, to: number): void => {
    for (const c of chars) t[c.charCodeAt(0)] = to;
  };
  set('\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f\u00ad', DROP);
  set(' \t\u00a0\u3000\u2002\u2003\u2009\v\f', SPACE);
  set('\n\r\u2028\u2029', 10);
  set('。', 0x2e);
  set('‼⁉', 0x21);
  set('～〜~()（）[]【】「」『』《》<>“”"{}｛｝^|｜·•…', BREAK);
  set("‘’`´'", 39);
  set('、', 0x3001);
  set('﹐,，', 0x2c);
  return t;
}

const isWordChar = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 48 && c <= 57);
const codes = new Uint16Array(MAX_CHARS);

/**
 * Normal spelling of at most MAX_CHARS characters: half width, lower case, simplified, no spaces beside Chinese characters,
 * one space between Latin words. `gaps` are the positions (in the normal text) where spaces beside Chinese were dropped.
 */
export function normalise(source: string): Normalised {
  const end = Math.min(source.length, MAX_CHARS);
  const at = new Uint16Array(end);
  const gaps: number[] = [];
  let n = 0;
  let space = false;
  for (let i = 0; i < end; i++) {
    const c = table[source.charCodeAt(i)] as number;
    if (c === DROP) continue;
    if (c === SPACE) {
      space = n > 0;
      continue;
    }
    if (space) {
      const before = codes[n - 1] as number;
      if (before < 128 && c < 128) {
        if (before !== SPACE && before !== 10 && n < end) {
          at[n] = i - 1;
          codes[n++] = SPACE;
        }
      } else if (before > 128 || c > 128) gaps.push(n);
      space = false;
    }
    // A full stop inside a number or a word (23.8, p.o.) is no end of a sentence; one at the end is.
    const stop = c === 0x2e && !(isWordChar(table[source.charCodeAt(i + 1)] ?? 0) && source.charCodeAt(i) === 0x2e);
    at[n] = i;
    codes[n++] = stop ? 0x21 : c;
  }
  return { text: String.fromCharCode(...codes.subarray(0, n)), at: at.subarray(0, n), gaps };
}
