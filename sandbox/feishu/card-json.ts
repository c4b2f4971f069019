/** Card JSON as data: reading objects, lists, words and controls out of it. */
import { asObject, type JsonObject, listOf } from '../platform/json.ts';

export type CardObject = JsonObject;

/** The card object inside a message's content; null when the content is not a JSON object. */
export function readCard(content: string): CardObject | null {
  try {
    return asObject(JSON.parse(content));
  } catch {
    return null;
  }
}

export const isV2 = (card: CardObject | null): boolean => card?.schema === '2.0';

export interface PlacedElement {
  readonly element: CardObject;
  /** The form around it. */
  readonly form: CardObject | null;
}

/** Every component of a card in reading order, each with the form it stands in. */
export function elementsOf(card: CardObject): PlacedElement[] {
  const found: PlacedElement[] = [];
  const walk = (items: readonly unknown[], form: CardObject | null): void => {
    for (const element of items.map(asObject)) {
      if (!element) continue;
      found.push({ element, form });
      const inner = element.tag === 'form' ? element : form;
      walk([...listOf(element, 'elements'), ...listOf(element, 'columns')], inner);
    }
  };
  walk(listOf(asObject(card.body), 'elements'), null);
  return found;
}

/** The words people read on a card, line by line: header, texts, labels, options. */
export function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  const object = asObject(value);
  if (!object) return [];
  return Object.entries(object).flatMap(([key, inner]) => {
    if (key === 'content' && typeof inner === 'string') return inner === '' ? [] : [inner];
    return key === 'config' || key === 'value' ? [] : wordsOf(inner);
  });
}

export const labelOf = (element: CardObject): string => String(asObject(element.text)?.content ?? '');
