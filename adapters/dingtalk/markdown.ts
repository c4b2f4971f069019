/** Draws the words of a card in the Markdown that every DingTalk client shows: bold, quotations, rules. */
import type { CardLink } from '../../src/channel/card.ts';
import type { Part } from './card-parts.ts';
import type { LinkDrawer } from './page-address.ts';
import { clip, oneLine, plainWords } from './text.ts';

const maxFields = 20;
/** Two blanks before the line break keep the lines apart (dingtalk.md §3.2). */
const lineBreak = '  \n';

/** `length` is the longest text in one place, in characters. Empty for links that lead nowhere. */
export function drawPart({ block, number }: Part, length: number, linkOf: LinkDrawer): string {
  const mark = number === null ? '' : `${number}. `;
  switch (block.type) {
    case 'text': {
      const lines = linesOf(block.text, length);
      const [first = '', ...rest] = lines;
      const way = block.link ? anchors([block.link], linkOf) : '';
      const drawn =
        block.style === 'emphasis'
          ? [`${mark}${first}`, ...rest].map((line) => `**${line}**`)
          : [mark === '' ? first : `**${mark.trim()}** ${first}`, ...rest];
      return drawn.join(lineBreak) + (way === '' ? '' : ` ${way}`);
    }
    case 'fields':
      return [
        ...(mark === '' ? [] : [`**${mark.trim()}**`]),
        ...block.fields.slice(0, maxFields).map(({ label, value }) => {
          const words = linesOf(value, length).join(' ');
          return `**${linesOf(label, 20).join(' ')}**　${words || '—'}`;
        }),
      ].join(lineBreak);
    case 'quote': {
      const [first = '', ...rest] = linesOf(block.text, length);
      const speaker = linesOf(block.speaker, 40).join(' ');
      const said = [`${speaker}：${first}`, ...rest].map((line) => `> ${line}`).join(lineBreak);
      return mark === '' ? said : `**${mark.trim()}**\n\n${said}`;
    }
    case 'links':
      return anchors(block.links, linkOf);
    case 'divider':
      return '---';
  }
}

function anchors(links: readonly CardLink[], linkOf: LinkDrawer): string {
  return links
    .flatMap((link) => linkOf(link) ?? [])
    .map(({ label, address }) => `[${oneLine(label)}](${address})`)
    .join('　');
}

const linesOf = (text: string, length: number): readonly string[] =>
  plainWords(clip(text, length))
    .split('\n')
    .filter((line) => line !== '');
