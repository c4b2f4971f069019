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
const tagName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The elements in order, or null. */
export function scanXml(text: string): readonly Element[] | null {
  const elements: Element[] = [];
  let at = afterBlanks(text, 0);
  if (!text.startsWith(open, at)) return null;
  at = afterBlanks(text, at + open.length);
  while (!text.startsWith(close, at)) {
    if (text[at] !== '<') return null;
    const tagEnd = text.indexOf('>', at);
    const name = text.slice(at + 1, tagEnd);
    if (tagEnd === -1 || !tagName.test(name)) return null;
    const content = readContent(text, tagEnd + 1, `</${name}>`);
    if (content === null) return null;
    elements.push([name, content.text]);
    at = afterBlanks(text, content.end);
  }
  return afterBlanks(text, at + close.length) === text.length ? elements : null;
}

/** Text of the first element of that name; null when there is none. */
export function textOf(elements: readonly Element[], name: string): string | null {
  return elements.find(([found]) => found === name)?.[1] ?? null;
}

function readContent(text: string, from: number, closing: string): { text: string | null; end: number } | null {
  let words = '';
  let nested = false;
  let at = from;
  for (;;) {
    const next = text.indexOf('<', at);
    if (next === -1) return null;
    words += text.slice(at, next);
    if (text.startsWith(cdata, next)) {
      const end = text.indexOf(cdataEnd, next);
      if (end === -1) return null;
      words += text.slice(next + cdata.length, end);
      at = end + cdataEnd.length;
    } else if (text.startsWith(closing, next)) {
      return { text: nested ? null : words, end: next + closing.length };
    } else {
      if (text[next + 1] === '!' || text[next + 1] === '?') return null;
      nested = true;
      at = next + 1;
    }
  }
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
