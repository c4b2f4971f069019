/** Plain words for a place that knows only markdown: what would be a sign of it becomes its full-width twin. */
import type { PageLink } from '../../../src/channel/page-link.ts';
import { clipBytes } from '../text.ts';

/** [D:101463c] */
const maxBytes = 20_480;

/**
 * There is no escape in this markdown. A customer's words must neither ring somebody (`<@userid>`) nor become a link,
 * a heading or a colour under our name; full-width twins read the same. Our own links follow below.
 */
export function plainMarkdown(text: string, links: readonly PageLink[] = [], most = maxBytes): string {
  const below = links.map(({ label, url }) => `\n[${defused(label)}](${url})`).join('');
  return clipBytes(defused(text), most - Buffer.byteLength(below)) + below;
}

function defused(text: string): string {
  return text
    .replace(/<(?=[/@a-z!?])/gi, '＜')
    .replace(/\]\(/g, ']（')
    .replace(/[`*]/g, (sign) => (sign === '`' ? '｀' : '＊'))
    .replace(/~~/g, '～～')
    .replace(/(^|\s)_(?=\S)/g, '$1＿')
    .replace(/^(\s*)(#{1,6})(?=\s)/gm, (_all, blank: string, signs: string) => blank + '＃'.repeat(signs.length))
    .replace(/^(\s*)>/gm, '$1＞')
    .replace(/^(\s*)\|/gm, '$1｜');
}
