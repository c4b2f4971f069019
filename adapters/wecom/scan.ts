/**
 * Reads the elements right below `<xml>` and nothing else: the one shape WeCom's callbacks have. No attributes, no
 * comments, no prolog, no document type, no entities: what has any of them is not such a document. A general parser
 * takes 20 µs for an envelope on a path that may cost 150 µs in all; this takes 1.
 */

/** Name and text; null for an element with elements inside. Entities outside CDATA stay as they are written. */
export type Element = readonly [name: string, text: string | null];

const open = '<xml>';
const close = '</xml>';
const cdata = '<![CDATA[';
const cdataEnd = ']]>';
const longestName = 64;

/** The elements in order, or null. */
export function scanXml(text: string): readonly Element[] | null {
  const elements: Element[] = [];
  let at = afterBlanks(text, 0);
  if (!text.startsWith(open, at)) return null;
  at = afterBlanks(text, at + open.length);
  while (!text.startsWith(close, at)) {
    if (text.charCodeAt(at) !== less) return null;
    const tagEnd = afterName(text, at + 1);
    if (tagEnd === at + 1 || text.charCodeAt(tagEnd) !== greater) return null;
    const name = text.slice(at + 1, tagEnd);
    const content = readContent(text, tagEnd + 1, name);
    if (content === null) return null;
    elements.push([name, content.text]);
    at = afterBlanks(text, content.end);
  }
  return afterBlanks(text, at + close.length) === text.length ? elements : null;
}

/** Text of the first element of that name; null when there is none. */
export function textOf(elements: readonly Element[], name: string): string | null {
  for (const element of elements) if (element[0] === name) return element[1];
  return null;
}

function readContent(text: string, from: number, name: string): { text: string | null; end: number } | null {
  let words = '';
  let nested = false;
  let at = from;
  for (;;) {
    const next = text.indexOf('<', at);
    if (next === -1) return null;
    if (next > at) words += text.slice(at, next);
    const mark = text.charCodeAt(next + 1);
    if (mark === slash && closes(text, next + 2, name)) {
      return { text: nested ? null : words, end: next + name.length + 3 };
    }
    if (mark === bang && text.startsWith(cdata, next)) {
      const end = text.indexOf(cdataEnd, next);
      if (end === -1) return null;
      words += text.slice(next + cdata.length, end);
      at = end + cdataEnd.length;
    } else {
      if (mark === bang || mark === question) return null;
      nested = true;
      at = next + 1;
    }
  }
}

/** Whether `name>` stands there. */
function closes(text: string, at: number, name: string): boolean {
  return text.charCodeAt(at + name.length) === greater && text.startsWith(name, at);
}

/** End of the name that begins here; where it began when there is none, or a longer one than any the platform has. */
function afterName(text: string, from: number): number {
  if (!isLetter(text.charCodeAt(from))) return from;
  let at = from + 1;
  while (isWord(text.charCodeAt(at))) at += 1;
  return at - from > longestName ? from : at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

// By code: a regular expression per name made the scan half as dear again. Beyond the end a code is NaN.
const [bang, slash, less, greater, question, underscore] = [33, 47, 60, 62, 63, 95];
const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isWord = (code: number): boolean => isLetter(code) || (code >= 48 && code <= 57) || code === underscore;
