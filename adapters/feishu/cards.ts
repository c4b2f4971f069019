/** Draws a card of the core as Feishu card JSON 2.0, small enough for a phone and for the platform. */
import type { Card, CardBlock, CardButton, CardTone } from '../../src/channel/card.ts';
import { type Element, plain, row, words } from './card-elements.ts';
import { clip } from './text.ts';

/** The platform takes 30 KB of card content; the rest of the request needs room as well. */
const maxBytes = 28_000;
/** 200 elements and components; a line of fields costs five, a button two. */
const maxElements = 200;
/** Longest text in one place, tried in turn until the card fits. */
const lengths = [1_500, 600, 300, 120, 40] as const;
const shortest = 40;
const maxFields = 20;
const maxButtons = 20;
const maxOptions = 40;

const templates: Readonly<Record<CardTone, string>> = {
  neutral: 'default',
  info: 'blue',
  success: 'green',
  warning: 'orange',
  danger: 'red',
};

const buttonTypes: Readonly<Record<CardButton['style'], string>> = {
  primary: 'primary_filled',
  default: 'default',
  danger: 'danger',
};

/**
 * https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure — version 2.0 refuses
 * unknown properties, so only documented ones appear. `update_multi` is what makes later updates possible;
 * forwarded copies carry no working buttons.
 */
export function drawCard(card: Card): Element {
  for (const length of lengths) {
    const drawn = draw(card, length);
    if (fits(drawn)) return drawn;
  }
  let { blocks } = card;
  while (blocks.length > 0) {
    blocks = withoutLeast(blocks);
    const drawn = draw({ ...card, blocks }, shortest);
    if (fits(drawn)) return drawn;
  }
  return draw({ ...card, blocks }, shortest);
}

function fits(drawn: Element): boolean {
  const json = JSON.stringify(drawn);
  // Words are in `plain_text` objects, which are no components; a quotation mark inside words is escaped.
  const elements = (json.match(/"tag":"(?!plain_text)/g) ?? []).length;
  return elements <= maxElements && Buffer.byteLength(json) <= maxBytes;
}

/** What can be tapped stays longest; of the rest the last goes first. */
function withoutLeast(blocks: readonly CardBlock[]): readonly CardBlock[] {
  const last = blocks.findLastIndex(({ type }) => type !== 'buttons' && type !== 'choice');
  return blocks.toSpliced(last, 1);
}

function draw(card: Card, length: number): Element {
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: true,
      enable_forward_interaction: false,
      summary: { content: clip(card.summary, 100) },
    },
    header: { title: plain(clip(card.title, 60)), template: templates[card.tone] },
    body: {
      direction: 'vertical',
      padding: '12px',
      vertical_spacing: '8px',
      elements: card.blocks.flatMap((block, index) => drawBlock(block, index, length)),
    },
  };
}

function drawBlock(block: CardBlock, index: number, length: number): readonly Element[] {
  switch (block.type) {
    case 'text': {
      const content = clip(block.text, length);
      if (block.style === 'emphasis') return [words(content, { size: 'heading' })];
      return [words(content, block.style === 'muted' ? { size: 'notation', color: 'grey' } : {})];
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
      return [
        {
          tag: 'form',
          name: `choice_${index}`,
          elements: [
            {
              tag: 'select_static',
              name: block.name,
              required: true,
              width: 'fill',
              placeholder: plain(clip(block.placeholder, 60)),
              options: block.options
                .slice(0, maxOptions)
                .map(({ value, label }) => ({ text: plain(clip(label, 60)), value })),
            },
            { ...drawButton(block.submit), name: `submit_${index}`, form_action_type: 'submit' },
          ],
        },
      ];
    case 'divider':
      return [{ tag: 'hr' }];
  }
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
