/** Draws a card of the core as Feishu card JSON 2.0, small enough for a phone and for the platform. */
import type { Card, CardBlock, CardTone } from '../../src/channel/card.ts';
import { drawBlock, type Ways } from './card-blocks.ts';
import { type Element, plain } from './card-elements.ts';
import { feishuApplink } from './page-address.ts';
import { clip } from './text.ts';

/** The platform takes 30 KB of card content; the rest of the request needs room as well. */
const maxBytes = 28_000;
/** 200 elements and components; a line of fields costs five, a button two. */
const maxElements = 200;
/** Longest text in one place, tried in turn until the card fits. */
const lengths = [1_500, 600, 300, 120, 40] as const;
const shortest = 40;

const templates: Readonly<Record<CardTone, string>> = {
  neutral: 'default',
  info: 'blue',
  success: 'green',
  warning: 'orange',
  danger: 'red',
};

/**
 * https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure — version 2.0 refuses
 * unknown properties, so only documented ones appear. `update_multi` is what makes later updates possible;
 * forwarded copies carry no working buttons.
 */
export function drawCard(card: Card, publicUrl: string | null, applink = feishuApplink): Element {
  for (const { blocks } of [card, withoutLineLinks(card)]) {
    for (const length of lengths) {
      const drawn = draw({ ...card, blocks }, { publicUrl, applink, length });
      if (fits(drawn)) return drawn;
    }
  }
  const ways: Ways = { publicUrl, applink, length: shortest };
  let { blocks } = withoutLineLinks(card);
  while (blocks.length > 0) {
    blocks = withoutLeast(blocks);
    const drawn = draw({ ...card, blocks }, ways);
    if (fits(drawn)) return drawn;
  }
  return draw({ ...card, blocks }, ways);
}

/** Each costs five elements, and the card's own links lead further. */
function withoutLineLinks({ blocks }: Card): Pick<Card, 'blocks'> {
  return { blocks: blocks.map((block) => (block.type === 'text' ? omitLink(block) : block)) };
}

function omitLink({ type, text, style }: Extract<CardBlock, { type: 'text' }>): CardBlock {
  return { type, text, ...(style && { style }) };
}

function fits(drawn: Element): boolean {
  const json = JSON.stringify(drawn);
  // Words are in `plain_text` objects, which are no components; a quotation mark inside words is escaped.
  const elements = (json.match(/"tag":"(?!plain_text)/g) ?? []).length;
  return elements <= maxElements && Buffer.byteLength(json) <= maxBytes;
}

/** What can be tapped stays longest; of the rest the last goes first. */
function withoutLeast(blocks: readonly CardBlock[]): readonly CardBlock[] {
  const last = blocks.findLastIndex(({ type }) => !['buttons', 'choice', 'links'].includes(type));
  return blocks.toSpliced(last, 1);
}

function draw(card: Card, ways: Ways): Element {
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
      elements: card.blocks.flatMap((block, index) => drawBlock(block, index, ways)),
    },
  };
}
