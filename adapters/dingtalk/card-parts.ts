/** Sorts a card of the core into what the template has places for: words above, every button below them. */
import type { Card, CardBlock, CardButton } from '../../src/channel/card.ts';
import { buttonId } from './button-ids.ts';

export type WordBlock = Exclude<CardBlock, { type: 'buttons' | 'choice' }>;

export interface Part {
  readonly block: WordBlock;
  /** The number that the buttons of its section carry, on the section's first words only. */
  readonly number: number | null;
}

export interface PlainButton {
  readonly label: string;
  readonly style: CardButton['style'];
  /** What `readButtonId` understands. */
  readonly id: string;
}

export interface CardParts {
  readonly parts: readonly Part[];
  readonly buttons: readonly PlainButton[];
  /** What has to be said because the template cannot show it: confirmations, and what was left out. */
  readonly notes: readonly string[];
}

const maxOptions = 10;
const maxButtons = 20;

interface Section {
  readonly words: WordBlock[];
  readonly buttons: SectionButton[];
}

interface SectionButton extends PlainButton {
  /** Of which choice it is an option; null for an ordinary button. */
  readonly choice: string | null;
}

/**
 * Where a label comes twice (撤销 for each move) the words and buttons of such sections get a number. A choice becomes
 * one button per option. What does not fit is said, never left out in silence: ordinary buttons go before options.
 */
export function partsOf(card: Card): CardParts {
  const notes: string[] = [];
  const sections = sectionsOf(card.blocks, notes);
  const all = sections.flatMap(({ buttons }) => buttons);
  const labels = all.map(({ label }) => label);
  const twice = new Set(labels.filter((label, at) => labels.indexOf(label) !== at));
  let number = 0;
  const numbered = sections.map(({ words, buttons }) => {
    if (!buttons.some(({ label }) => twice.has(label))) return { words, buttons, number: null };
    number += 1;
    const named = buttons.map((button) =>
      twice.has(button.label) ? { ...button, label: `${number}. ${button.label}` } : button,
    );
    return { words, buttons: named, number };
  });
  const buttons = numbered.flatMap((section) => section.buttons);
  const shown = withinRoom(buttons);
  const left = buttons.length - shown.length;
  if (left > 0) notes.push(`还有 ${left} 个按钮放不下：先处理这些，卡片会换成余下的。`);
  return {
    parts: numbered.flatMap((section) =>
      section.words.map((block, at) => ({ block, number: at === firstWords(section.words) ? section.number : null })),
    ),
    buttons: shown.map(({ label, style, id }) => ({ label, style, id })),
    notes,
  };
}

/** Ordinary buttons first; then whole choices, because half a choice hides that there is more to choose. */
function withinRoom(buttons: readonly SectionButton[]): readonly SectionButton[] {
  const ordinary = buttons.filter(({ choice }) => choice === null).slice(0, maxButtons);
  const kept = new Set(ordinary);
  for (const choice of new Set(buttons.map((button) => button.choice))) {
    const options = buttons.filter((button) => choice !== null && button.choice === choice);
    if (kept.size + options.length <= maxButtons) for (const option of options) kept.add(option);
  }
  return buttons.filter((button) => kept.has(button));
}

const firstWords = (words: readonly WordBlock[]): number => words.findIndex(({ type }) => type !== 'divider');

/** A section is a stretch of words with the buttons that follow it. */
function sectionsOf(blocks: readonly CardBlock[], notes: string[]): readonly Section[] {
  const sections: Section[] = [];
  let acting = true;
  for (const block of blocks) {
    const control = block.type === 'buttons' || block.type === 'choice';
    if ((acting && !control) || block.type === 'divider' || sections.length === 0)
      sections.push({ words: [], buttons: [] });
    acting = control;
    const section = sections.at(-1);
    if (block.type === 'buttons') section?.buttons.push(...block.buttons.map((button) => plainButton(button, notes)));
    else if (block.type === 'choice') section?.buttons.push(...choiceButtons(block, notes));
    else section?.words.push(block);
  }
  return sections;
}

/** The template asks nothing before a tap counts, so the words say it. */
function plainButton({ label, style, actionKey, confirm }: CardButton, notes: string[]): SectionButton {
  if (confirm !== undefined) notes.push(`「${label}」：${confirm}`);
  return { label, style, id: buttonId(actionKey), choice: null };
}

/** Nothing can be typed here: a page of ours has a place for it. Without a choice there is a button that sends none. */
function choiceButtons(block: Extract<CardBlock, { type: 'choice' }>, notes: string[]): SectionButton[] {
  const { beside = [], none, submit, optional = false } = block;
  const label = none === undefined ? submit.label : `${submit.label}（${none}）`;
  const bare = optional ? [plainButton({ ...submit, label }, [])] : [];
  return [...beside.map((button) => plainButton(button, notes)), ...optionButtons(block, notes), ...bare];
}

function optionButtons(
  { name, options, submit }: Extract<CardBlock, { type: 'choice' }>,
  notes: string[],
): SectionButton[] {
  if (submit.confirm !== undefined) notes.push(`「${submit.label}」：${submit.confirm}`);
  if (options.length > maxOptions)
    notes.push(
      `「${submit.label}」这里只列出前 ${maxOptions} 个（共 ${options.length} 个），要选其余的，请把话说得具体些再发一次。`,
    );
  return options.slice(0, maxOptions).map(({ value, label }) => ({
    // Where choosing is what the card is for, the option says it all; elsewhere (改阶段) it needs its verb.
    label: submit.style === 'primary' ? label : `${submit.label}：${label}`,
    style: submit.style,
    id: buttonId(submit.actionKey, { name, value }),
    choice: submit.actionKey,
  }));
}
