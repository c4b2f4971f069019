/** Draws the words of a card in the Markdown that every DingTalk client shows: bold, quotations, rules. */
import type { Part } from './card-parts.ts';
import { clip, plainWords } from './text.ts';

const maxFields = 20;
/** Two blanks before the line break keep the lines apart (dingtalk.md §3.2). */
const lineBreak = '  \n';

/** `length` is the longest text in one place, in characters. */
export function drawPart({ block, number }: Part, length: number): string {
  const mark = number === null ? '' : `${number}. `;
  switch (block.type) {
    case 'text': {
      const lines = linesOf(block.text, length);
      const [first = '', ...rest] = lines;
      if (block.style !== 'emphasis')
        return [mark === '' ? first : `**${mark.trim()}** ${first}`, ...rest].join(lineBreak);
      return [`${mark}${first}`, ...rest].map((line) => `**${line}**`).join(lineBreak);
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
    case 'divider':
      return '---';
  }
}

const linesOf = (text: string, length: number): readonly string[] =>
  plainWords(clip(text, length))
    .split('\n')
    .filter((line) => line !== '');
