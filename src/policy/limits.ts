/** How large a policy may be: what the YAML reader takes much longer for than its length lets one think is refused before. */
import { Lexer } from 'yaml';

/** The starter has 75,000. */
const MOST_CHARACTERS = 256 * 1024;
/** Brackets inside each other, and columns before a line's first word; the starter has some twenty columns. */
const DEEPEST = 80;
/** Of all sections together; the starter has 900. The reader compares the keys of a section with each other. */
const MOST_KEYS = 2_500;
/** Words, signs and blanks; the starter has 41,000. The reader makes much of each that is out of place. */
const MOST_SIGNS = 90_000;

/** Why it is not read at all; null for one that may be. One pass over the signs of the text. */
export function tooLarge(text: string): string | null {
  if (text.length > MOST_CHARACTERS) return `策略文件太大：最多 ${MOST_CHARACTERS / 1024} K 字。`;
  let [line, signs, keys, brackets, columns] = [1, 0, 0, 0, 0];
  let before = true;
  for (const sign of new Lexer().lex(text)) {
    signs += 1;
    if (sign.includes('\n')) {
      line += sign.split('\n').length - 1;
      [columns, before] = [0, true];
    } else if (sign === '-' || sign === '?' || /^\s+$/.test(sign)) columns += before ? sign.length : 0;
    else before = false;
    if (sign === '[' || sign === '{') brackets += 1;
    if (sign === ']' || sign === '}') brackets -= 1;
    if (sign === ':') keys += 1;
    if (brackets < 0) return `策略文件第 ${line} 行多了一个括号。`;
    if (Math.max(brackets, columns) > DEEPEST) return `策略文件第 ${line} 行嵌套太深。`;
    if (keys > MOST_KEYS || signs > MOST_SIGNS) return `策略文件第 ${line} 行：内容太多。`;
  }
  return null;
}

export const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;
