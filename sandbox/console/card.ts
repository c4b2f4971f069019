/** Reads card JSON 2.0 for drawing: headers, texts, controls. What the page does not know it shows as words. */
import type { CardJson } from '../desk/view.ts';
import { pageOf } from './links.ts';

export const objectOf = (value: unknown): CardJson | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as CardJson) : null;

export const objectsIn = (value: unknown): CardJson[] =>
  Array.isArray(value) ? value.map(objectOf).filter((item) => item !== null) : [];

export const wordsIn = (value: unknown): string => String(objectOf(value)?.content ?? '');

/** What a tap on this control sends back; null for a control that sends nothing. */
export function callbackOf(element: CardJson): CardJson | null {
  const callback = objectsIn(element.behaviors).find(({ type }) => type === 'callback');
  return objectOf(callback?.value);
}

/** The page that a tap on this control opens; null for one that opens none. */
export function opensPage(element: CardJson): string | null {
  const opening = objectsIn(element.behaviors).find(({ type }) => type === 'open_url');
  return opening ? pageOf(String(opening.default_url ?? '')) : null;
}

export const submits = (element: CardJson): boolean => element.form_action_type === 'submit';

/** Every select, input and the like below a form, by name. */
export function fieldsOf(element: CardJson): CardJson[] {
  const inner = [...objectsIn(element.elements), ...objectsIn(element.columns)];
  return inner.flatMap((child) => [
    ...(typeof child.name === 'string' && !submits(child) ? [child] : []),
    ...fieldsOf(child),
  ]);
}
