/** A card in plain words, for where cards must be saved or cannot be shown. */
import type { Card, CardBlock } from '../../../channel/card.ts';

export function cardAsText(card: Card): string {
  const lines = card.blocks.flatMap(blockLines);
  return [`【${card.title}】`, ...lines].join('\n');
}

function blockLines(block: CardBlock): string[] {
  switch (block.type) {
    case 'text':
      return [block.text];
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}：${value}`);
    case 'quote':
      return [`${block.speaker}：“${block.text}”`];
    case 'choice':
      return block.options.map(({ label }) => `· ${label}`);
    // Nothing can be tapped in a text; its links travel beside it.
    case 'links':
    case 'buttons':
    case 'divider':
      return [];
  }
}
