/** Draws a card of the core as a WeCom template card, or as words where a template card cannot say it. */
import type { Card, CardButton, CardTone } from '../../src/channel/card.ts';
import { linksOf, type PageLink, pageLinks } from '../../src/channel/page-link.ts';
import { type CardParts, type Choice, noChoice, partsOf } from './card-parts.ts';
import type { JsonRecord } from './json.ts';
import { clip, plainWords } from './text.ts';

/** What the clients show in full, in characters (https://developer.work.weixin.qq.com/document/path/90236); longer words are cut by them anyhow. */
const shown = {
  title: 36,
  desc: 44,
  subTitle: 400,
  line: 120,
  keyname: 8,
  value: 60,
  quote: 200,
  button: 10,
  option: 24,
};

/** Of the list below the words. */
const mostRows = 6;

const colours: Readonly<Record<CardTone, number>> = { neutral: 0, info: 1, success: 3, warning: 2, danger: 2 };
const styles: Readonly<Record<CardButton['style'], number>> = { primary: 1, default: 2, danger: 3 };

/** Null when there is nothing to tap: such a card goes out as words, which a notice card would have to cut. */
export function drawCard(card: Card, taskId: string, publicUrl: string | null): JsonRecord | null {
  const parts = partsOf(card);
  const { choice, buttons } = parts;
  if (choice === null && buttons.length === 0) return null;
  const desc = descOf(parts);
  const links = linksOf(card, publicUrl);
  // That kind of card has no place for a link.
  if (choice !== null && buttons.length === 0 && desc !== null && links.length === 0) {
    return {
      card_type: 'multiple_interaction',
      ...headOf(card, taskId, desc),
      select_list: [selection(choice)],
      submit_button: { text: clip(choice.submit.label, shown.button), key: choice.submit.actionKey },
    };
  }
  return {
    card_type: 'button_interaction',
    ...bodyOf(card, parts, taskId, links),
    ...(choice === null ? {} : { button_selection: selection(choice) }),
    button_list: [...buttons, ...(choice === null ? [] : [choice.submit])].map(drawButton),
  };
}

/** The face of a card that is to be changed: with nothing left to tap, one grey button says that it is over. */
export function drawUpdate(card: Card, taskId: string, publicUrl: string | null): JsonRecord {
  return (
    drawCard(card, taskId, publicUrl) ?? {
      card_type: 'button_interaction',
      ...bodyOf(card, partsOf(card), taskId, linksOf(card, publicUrl)),
      button_list: [{ type: 0, text: '卡片已结束', style: 2, key: 'over' }],
      replace_text: '卡片已结束',
    }
  );
}

/**
 * A card with nothing to tap, for a group: a notice that opens its page. Null where it has no page to open, or more words
 * than a notice shows: it goes out as words.
 */
export function drawNotice(card: Card, taskId: string, publicUrl: string | null): JsonRecord | null {
  const parts = partsOf(card);
  const links = linksOf(card, publicUrl);
  const tooLong =
    parts.lines.join('\n').length > shown.subTitle || parts.lines.some((line) => line.length > shown.line);
  if (links.length === 0 || tooLong) return null;
  return { card_type: 'text_notice', ...bodyOf(card, parts, taskId, links) };
}

/** The links of a card that went out in words: those of the whole card, since its lines have no place for one. */
export function cardLinks({ blocks }: Card, publicUrl: string | null): readonly PageLink[] {
  return blocks.flatMap((block) => (block.type === 'links' ? pageLinks(publicUrl, block.links) : []));
}

/** The card in words, for places that take no cards. */
export function wordsOf(card: Card): string {
  const { main, quote, fields, lines } = partsOf(card);
  return plainWords(
    [
      `【${card.title}】`,
      ...(main === null ? [] : [main]),
      ...(quote === null ? [] : [`${quote.speaker}：“${quote.text}”`]),
      ...fields.map(({ label, value }) => `${label}：${value}`),
      ...lines,
    ].join('\n'),
  );
}

function headOf(card: Card, taskId: string, desc: string): JsonRecord {
  return {
    source: { desc: '聊单', desc_color: colours[card.tone] },
    main_title: { title: clip(card.title, shown.title), ...(desc === '' ? {} : { desc: clip(desc, shown.desc) }) },
    task_id: taskId,
  };
}

function bodyOf(
  card: Card,
  { main, quote, fields, lines }: CardParts,
  taskId: string,
  links: readonly PageLink[],
): JsonRecord {
  const long = main !== null && main.length > shown.desc;
  const words = [...(long ? [main] : []), ...lines].map((line) => clip(line, shown.line)).join('\n');
  return {
    ...headOf(card, taskId, long ? '' : (main ?? '')),
    ...(quote === null
      ? {}
      : {
          quote_area: { type: 0, title: clip(quote.speaker, shown.value), quote_text: clip(quote.text, shown.quote) },
        }),
    ...(words === '' ? {} : { sub_title_text: clip(words, shown.subTitle) }),
    ...listOf(fields, links),
    ...actionOf(card, links),
  };
}

/** Fields and then, as far as there is room, a line for each link. */
function listOf(fields: CardParts['fields'], links: readonly PageLink[]): JsonRecord {
  const rows: JsonRecord[] = [
    ...fields.map(({ label, value }) => ({
      type: 0,
      keyname: clip(label, shown.keyname),
      value: clip(value, shown.value) || '—',
    })),
    ...links.map(({ label, url, about }) => ({
      type: 1,
      keyname: about === null ? '页面' : clip(label, shown.keyname),
      value: clip(about ?? label, shown.value),
      url,
    })),
  ];
  return rows.length === 0 ? {} : { horizontal_content_list: rows.slice(0, mostRows) };
}

/** A tap on the card itself opens what it is about. */
function actionOf({ blocks }: Card, links: readonly PageLink[]): JsonRecord {
  const first = blocks.findLast((block) => block.type === 'links')?.links[0];
  const target = links.find(({ url }) => first && url.endsWith(first.path)) ?? links[0];
  return target ? { card_action: { type: 1, url: target.url } } : {};
}

/** The words of a card small enough for the one line a `multiple_interaction` has; null when there are more. */
function descOf({ main, quote, fields, lines }: CardParts): string | null {
  const words = [...(main === null ? [] : [main]), ...lines].join(' ');
  return quote === null && fields.length === 0 && words.length <= shown.desc ? words : null;
}

function drawButton({ label, style, actionKey }: CardButton): JsonRecord {
  return { type: 0, text: clip(label, shown.button), style: styles[style], key: actionKey };
}

/** Clients begin with the first option chosen: where nothing need be chosen, it says so. */
function selection({ name, placeholder, options, none }: Choice): JsonRecord {
  const list = options.map(({ value, label }) => ({ id: value, text: clip(label, shown.option) }));
  return {
    question_key: name,
    title: clip(placeholder, shown.button),
    option_list: none === undefined ? list : [{ id: noChoice, text: clip(none, shown.option) }, ...list],
  };
}
