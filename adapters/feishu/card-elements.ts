/** The few card 2.0 elements we draw with. Words are always `plain_text`, so nobody's message can become markup. */
import type { JsonRecord } from './json.ts';

export type Element = JsonRecord;

export const plain = (content: string): Element => ({ tag: 'plain_text', content });

export interface WordStyle {
  /** `heading` 16 px · `normal` 14 px · `notation` 12 px. */
  readonly size?: 'heading' | 'normal' | 'notation';
  readonly color?: 'grey';
}

export function words(content: string, style: WordStyle = {}): Element {
  const { size, color } = style;
  return {
    tag: 'div',
    text: { ...plain(content), ...(size ? { text_size: size } : {}), ...(color ? { text_color: color } : {}) },
  };
}

/** Parts beside each other; a part takes its share of the width, as much as it needs, or a fixed number of pixels. */
export function row(
  parts: readonly { readonly width: number | 'share' | 'auto'; readonly elements: readonly Element[] }[],
  style: { readonly grey?: boolean } = {},
): Element {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: '8px',
    ...(style.grey ? { background_style: 'grey' } : {}),
    columns: parts.map(({ width, elements }) => ({
      tag: 'column',
      ...(width === 'share' ? { width: 'weighted', weight: 1 } : { width: width === 'auto' ? width : `${width}px` }),
      ...(style.grey ? { padding: '8px 12px', vertical_spacing: '4px' } : {}),
      vertical_align: 'top',
      elements,
    })),
  };
}
