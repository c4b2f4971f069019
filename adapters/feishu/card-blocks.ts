/** Draws the blocks of a card: lines, fields, quotations, buttons and choices, for a thumb on a phone. */
import type { CardBlock, CardButton, CardWords } from '../../src/channel/card.ts';
import { type PageLink, pageLink, pageLinks } from '../../src/channel/page-link.ts';
import { type Element, plain, row, words } from './card-elements.ts';
import { besideChat } from './page-address.ts';
import { clip } from './text.ts';

const maxFields = 20;
const maxButtons = 20;
const maxOptions = 40;
const mostTyped = 1_000;

const buttonTypes: Readonly<Record<CardButton['style'], string>> = {
  primary: 'primary_filled',
  default: 'default',
  danger: 'danger',
};

export interface Ways {
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Where links into the client begin. */
  readonly applink: string;
  /** The longest text in one place. */
  readonly length: number;
}

/** `index` makes names unique within the card. */
export function drawBlock(block: CardBlock, index: number, { publicUrl, applink, length }: Ways): readonly Element[] {
  switch (block.type) {
    case 'text': {
      const link = block.link ? pageLink(publicUrl, block.link) : null;
      const line = drawLine(clip(block.text, length), block.style);
      if (link === null) return [line];
      return [
        row([
          { width: 'share', elements: [line] },
          { width: 'auto', elements: [linkButton(link, applink, 'text')] },
        ]),
      ];
    }
    case 'fields':
      return block.fields.slice(0, maxFields).map(({ label, value }) =>
        row([
          { width: 72, elements: [words(clip(label, 12), { color: 'grey' })] },
          { width: 'share', elements: [words(clip(value, length) || '—')] },
        ]),
      );
    case 'quote': {
      const said = words(clip(block.text, Math.min(length, 300)));
      const speaker = words(clip(block.speaker, 40), { size: 'notation', color: 'grey' });
      return [row([{ width: 'share', elements: [speaker, said] }], { grey: true })];
    }
    case 'buttons':
      return rowsOf(block.buttons.slice(0, maxButtons)).map((buttons) =>
        row(buttons.map((button) => ({ width: 'share', elements: [drawButton(button)] }))),
      );
    case 'choice':
      return [drawForm(block, index)];
    case 'links': {
      const links = pageLinks(publicUrl, block.links);
      if (links.length === 0) return [];
      return [row(links.map((link) => ({ width: 'auto', elements: [linkButton(link, applink, 'default')] })))];
    }
    case 'divider':
      return [{ tag: 'hr' }];
  }
}

/** Fields of a form are sent together, whichever of its buttons is tapped (feishu.md §6.3). */
function drawForm(block: Extract<CardBlock, { type: 'choice' }>, index: number): Element {
  const { name, placeholder, options, submit, optional = false, words: typed, beside = [] } = block;
  const buttons = [...beside, submit].map((button, at, { length }) => ({
    ...drawButton(button),
    name: `submit_${index}${at === length - 1 ? '' : `_${at}`}`,
    form_action_type: 'submit',
  }));
  return {
    tag: 'form',
    name: `choice_${index}`,
    elements: [
      {
        tag: 'select_static',
        name,
        // Either will do where both are there: what is missing is said after the tap.
        required: !optional && typed === undefined,
        width: 'fill',
        placeholder: plain(`${clip(placeholder, 60)}${optional ? '（可不选）' : ''}`),
        options: options.slice(0, maxOptions).map(({ value, label }) => ({ text: plain(clip(label, 60)), value })),
      },
      ...(typed ? [drawInput(typed)] : []),
      ...(beside.length === 0
        ? buttons
        : [row(buttons.map((button) => ({ width: 'share' as const, elements: [button] })))]),
    ],
  };
}

/** https://open.feishu.cn/document/feishu-cards/card-json-v2-components/interactive-components/input — 1,000 characters at most. */
function drawInput({ name, placeholder, maxLength }: CardWords): Element {
  return {
    tag: 'input',
    name,
    placeholder: plain(clip(placeholder, 100)),
    width: 'fill',
    max_length: Math.min(maxLength, mostTyped),
    input_type: 'multiline_text',
    rows: 2,
  };
}

function drawLine(content: string, style: Extract<CardBlock, { type: 'text' }>['style']): Element {
  if (style === 'emphasis') return words(content, { size: 'heading' });
  return words(content, style === 'muted' ? { size: 'notation', color: 'grey' } : {});
}

/** On a computer the page stands beside the chat, on a phone it covers it. */
function linkButton({ label, url }: PageLink, applink: string, type: 'text' | 'default'): Element {
  return {
    tag: 'button',
    text: plain(clip(label, 40)),
    type,
    size: 'small',
    behaviors: [{ type: 'open_url', default_url: url, pc_url: besideChat(url, applink) }],
  };
}

function drawButton(button: CardButton): Element {
  return {
    tag: 'button',
    text: plain(clip(button.label, 40)),
    type: buttonTypes[button.style],
    width: 'fill',
    ...(button.confirm === undefined
      ? {}
      : { confirm: { title: plain(clip(button.label, 40)), text: plain(clip(button.confirm, 200)) } }),
    behaviors: [{ type: 'callback', value: { key: button.actionKey } }],
  };
}

/** Up to three short buttons share a line of a phone, longer words get two to a line, long ones a line each. */
function rowsOf(buttons: readonly CardButton[]): readonly (readonly CardButton[])[] {
  const longest = Math.max(0, ...buttons.map(({ label }) => label.length));
  const perRow = longest <= 5 ? 3 : longest <= 9 ? 2 : 1;
  const rows: CardButton[][] = [];
  for (let at = 0; at < buttons.length; at += perRow) rows.push(buttons.slice(at, at + perRow));
  return rows;
}
