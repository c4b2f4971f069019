/** Sorts a card of the core into what a template card has places for: one quotation, a few fields, lines, buttons, one choice. */
import type { Card, CardBlock, CardButton } from '../../src/channel/card.ts';
import { clip } from './text.ts';

export type Choice = Extract<CardBlock, { type: 'choice' }>;

export interface CardParts {
  /** The one line that matters, when there is exactly one. */
  readonly main: string | null;
  readonly quote: { readonly speaker: string; readonly text: string } | null;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Everything else that is to be read, in order. */
  readonly lines: readonly string[];
  readonly buttons: readonly CardButton[];
  readonly choice: Choice | null;
}

/** The id of the option that stands for none. */
export const noChoice = '-';

const maxFields = 6;
const maxButtons = 6;
const maxOptions = 10;

interface Section {
  /** Where its first line stands among the lines; null while it has none. */
  line: number | null;
  readonly buttons: CardButton[];
  readonly choices: Choice[];
}

/**
 * The buttons of a template card stand below all its words, so where a label comes twice (撤销 for each move) lines and
 * buttons get the number of their section. What does not fit is said, never left out in silence.
 */
export function partsOf(card: Card): CardParts {
  const only = <T extends CardBlock['type']>(type: T) => {
    const found = card.blocks.filter((block): block is Extract<CardBlock, { type: T }> => block.type === type);
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const quote = only('quote');
  const fields = only('fields');
  const emphasised = card.blocks.filter((block) => block.type === 'text' && block.style === 'emphasis');
  const main = emphasised.length === 1 ? emphasised[0] : undefined;
  const lines: string[] = [];
  const sections: Section[] = [];
  let acting = true;
  for (const block of card.blocks) {
    // Links have places of their own.
    if (block.type === 'links') continue;
    const control = block.type === 'buttons' || block.type === 'choice';
    if ((acting && !control) || block.type === 'divider') sections.push({ line: null, buttons: [], choices: [] });
    acting = control;
    const section = sections.at(-1) ?? { line: null, buttons: [], choices: [] };
    if (sections.length === 0) sections.push(section);
    if (block.type === 'buttons') section.buttons.push(...block.buttons);
    else if (block.type === 'choice') {
      // Every button sends what is chosen. There is no place to type: a page of ours has one.
      section.buttons.push(...(block.beside ?? []));
      section.choices.push(block);
    } else if (block !== quote && block !== main) {
      const words = block === fields ? fields.fields.slice(maxFields).map(fieldLine) : linesOf(block);
      if (words.length > 0) section.line ??= lines.length;
      lines.push(...words);
    }
  }
  const { buttons, choice } = controls(sections, lines);
  return {
    main: main?.type === 'text' ? main.text : null,
    quote,
    fields: fields?.fields.slice(0, maxFields) ?? [],
    lines,
    buttons,
    choice,
  };
}

/** Adds the lines that what can be tapped makes necessary. */
function controls(sections: readonly Section[], lines: string[]): Pick<CardParts, 'buttons' | 'choice'> {
  const all = sections.flatMap(({ buttons, choices }) => [...buttons, ...choices.map(({ submit }) => submit)]);
  const twice = new Set(all.map(({ label }) => label).filter((label, at, labels) => labels.indexOf(label) !== at));
  let number = 0;
  const numbered = sections.map((section) => {
    if (![...section.buttons, ...section.choices.map(({ submit }) => submit)].some(({ label }) => twice.has(label)))
      return section;
    number += 1;
    const name = (button: CardButton): CardButton =>
      twice.has(button.label) ? { ...button, label: `${clip(button.label, 7)} ${number}` } : button;
    if (section.line !== null) lines[section.line] = `${number}. ${lines[section.line]}`;
    return {
      buttons: section.buttons.map(name),
      choices: section.choices.map((choice) => ({ ...choice, submit: name(choice.submit) })),
    };
  });
  const choices = numbered.flatMap((section) => section.choices);
  const [first] = choices;
  const room = maxButtons - (first ? 1 : 0);
  const buttons = numbered.flatMap((section) => section.buttons);
  for (const { label, confirm } of buttons) if (confirm) lines.push(`「${label}」：${confirm}`);
  const listed = first?.none === undefined ? maxOptions : maxOptions - 1;
  if (first && first.options.length > listed)
    lines.push(`选项太多，这里只列出前 ${listed} 个（共 ${first.options.length} 个）。`);
  const left = Math.max(0, buttons.length - room) + Math.max(0, choices.length - 1);
  if (left > 0) lines.push(`还有 ${left} 项放不下：先处理这些，卡片会换成余下的。`);
  return {
    buttons: buttons.slice(0, room),
    choice: first ? { ...first, options: first.options.slice(0, listed) } : null,
  };
}

function linesOf(block: CardBlock): readonly string[] {
  if (block.type === 'text') return [block.text];
  if (block.type === 'quote') return [`${block.speaker}：“${block.text}”`];
  return block.type === 'fields' ? block.fields.map(fieldLine) : [];
}

const fieldLine = ({ label, value }: { label: string; value: string }): string => `${label}：${value}`;
