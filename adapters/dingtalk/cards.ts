/** Draws a card of the core for the public "Markdown and buttons" template. */
import type { Card, CardTone } from '../../src/channel/card.ts';
import { type Part, type PlainButton, partsOf } from './card-parts.ts';
import { drawPart } from './markdown.ts';
import type { LinkDrawer } from './page-address.ts';
import { clip, oneLine } from './text.ts';

export interface CardFace {
  readonly title: string;
  /** What the chat list shows. */
  readonly summary: string;
  readonly markdown: string;
  /** The small print below, empty when there is none. */
  readonly tips: string;
  readonly buttons: readonly PlainButton[];
}

/** The documents say 1 KB to a value; several KB are sent by others in production (dingtalk.md §4.1, unconfirmed). */
const maxBytes = 4_000;
/** Longest text in one place, tried in turn until the words fit. */
const lengths = [500, 200, 100, 50] as const;
const shortest = 50;
const maxTips = 60;

const marks: Readonly<Record<CardTone, string>> = {
  neutral: '',
  info: '',
  success: '✅ ',
  warning: '⚠️ ',
  danger: '❗ ',
};
/** The colours that the SDKs document for this template (dingtalk.md §4.6). */
const colours: Readonly<Record<PlainButton['style'], string>> = { primary: 'blue', default: 'gray', danger: 'gray' };

/**
 * `cardParamMap` of the template: title, markdown, tips and `sys_full_json_obj` with the buttons. Every value is a string and
 * every key is always there, because an update by key leaves standing what it does not name.
 */
export function drawCardParams(card: Card, linkOf: LinkDrawer): Record<string, string> {
  const { title, markdown, tips, buttons } = faceOf(card, linkOf);
  const msgButtons = withinBytes(
    buttons.map(({ label, style, id }) => ({
      text: label,
      color: colours[style],
      id,
      request: true,
      params: { id },
    })),
  );
  return { title, markdown, tips, sys_full_json_obj: JSON.stringify({ msgButtons }) };
}

/** The card's words and buttons, small enough for the template and for a message. */
export function faceOf(card: Card, linkOf: LinkDrawer): CardFace {
  const { parts, buttons, notes } = partsOf(card);
  const { shown, tips } = withTips(parts);
  return {
    title: `${marks[card.tone]}${clip(oneLine(card.title), 60)}`,
    summary: clip(card.summary, 100),
    markdown: fitting(shown, notes, linkOf) || clip(oneLine(card.summary), 100),
    tips,
    buttons: buttons.map((button) => ({ ...button, label: clip(button.label.replace(/\s+/g, ' '), 24) })),
  };
}

/** A short muted line that ends the words is what the template's small print is for. */
function withTips(parts: readonly Part[]): { readonly shown: readonly Part[]; readonly tips: string } {
  const last = parts.at(-1);
  if (parts.length < 2 || !last || last.number !== null || last.block.type !== 'text' || last.block.style !== 'muted')
    return { shown: parts, tips: '' };
  if (last.block.link) return { shown: parts, tips: '' };
  const words = oneLine(last.block.text);
  return words.length > maxTips ? { shown: parts, tips: '' } : { shown: parts.slice(0, -1), tips: words };
}

/** Shortens every text, then leaves out the last (oldest) words and says so, quotations before the rest. */
function fitting(parts: readonly Part[], notes: readonly string[], linkOf: LinkDrawer): string {
  const drawn = (some: readonly Part[], length: number, left: number): string =>
    [
      ...some.map((part) => drawPart(part, length, linkOf)).filter((words) => words !== ''),
      ...[...notes, ...(left > 0 ? [`内容太长，这里省去了 ${left} 段较早的。`] : [])].map(oneLine),
    ].join('\n\n');
  for (const length of lengths) {
    const whole = drawn(parts, length, 0);
    if (Buffer.byteLength(whole) <= maxBytes) return whole;
  }
  // The ways to the pages take little room, and there the rest can be read.
  const isWay = ({ block }: Part) => block.type === 'links';
  let some = parts;
  while (some.some((part) => !isWay(part))) {
    const quote = some.findLastIndex(({ block, number }) => block.type === 'quote' && number === null);
    some = some.toSpliced(quote === -1 ? some.findLastIndex((part) => !isWay(part)) : quote, 1);
    const words = drawn(some, shortest, parts.length - some.length);
    if (Buffer.byteLength(words) <= maxBytes) return words;
  }
  return drawn([], shortest, parts.length);
}

function withinBytes<T extends object>(buttons: readonly T[]): readonly T[] {
  let some = buttons;
  while (Buffer.byteLength(JSON.stringify(some)) > maxBytes) some = some.slice(0, -1);
  return some;
}
