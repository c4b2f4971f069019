/** Cutting and defusing words for places with a limit or a markup of their own. */
import type { PageLink } from '../../src/channel/page-link.ts';

/** At most `max` UTF-16 units, an ellipsis for what is missing, never half a character. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : `${whole(text.slice(0, max - 1))}…`;
}

/** At most `max` bytes of UTF-8: the platform counts those, three to a Chinese character. */
export function clipBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let bytes = 3;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > max) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}

/** Texts may hold `<a href>` and no escape for it: somebody's words must not become a link under our name. */
export function plainWords(text: string): string {
  return text.replace(/<(?=\/?[a-z@])/gi, '＜');
}

/**
 * A text and links below it, within `max` bytes: the text is cut, never a link. `anchor`: as `<a href>`, which messages
 * of the app take (https://developer.work.weixin.qq.com/document/path/90236); elsewhere the address stands as it is.
 */
export function withLinks(text: string, links: readonly PageLink[], max: number, style: 'anchor' | 'bare'): string {
  const lines = links.map(({ label, url }) => {
    const shown = plainWords(label);
    return style === 'anchor' ? `<a href="${url}">${shown}</a>` : `${shown}：${url}`;
  });
  const below = lines.map((line) => `\n${line}`).join('');
  return clipBytes(plainWords(text), max - Buffer.byteLength(below)) + below;
}

function whole(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
