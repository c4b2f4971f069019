/** The controls of a card as a hand finds them: which one is meant, what its form would send, whether it may be used. */
import { asObject, listOf } from '../platform/json.ts';
import { type CardObject, elementsOf, labelOf, type PlacedElement } from './card-json.ts';
import { INTERACTIVE } from './card-rules.ts';

/** A control by its words (or name), or by parts of its callback value; the first that fits is taken. */
export type ControlRef = string | { readonly label?: string; readonly name?: string; readonly value?: CardObject };

export type FormValues = Readonly<Record<string, string | readonly string[] | boolean>>;

const CHOICES = new Set(['select_static', 'multi_select_static', 'overflow', 'select_img']);

export function findControl(card: CardObject, ref: ControlRef): PlacedElement | null {
  const wanted = typeof ref === 'string' ? [{ label: ref }, { name: ref }] : [ref];
  const controls = elementsOf(card).filter(({ element }) => isControl(element));
  for (const { label, name, value } of wanted as { label?: string; name?: string; value?: CardObject }[]) {
    const found = controls.find(
      ({ element }) =>
        (label === undefined || labelOf(element) === label) &&
        (name === undefined || element.name === name) &&
        (value === undefined || holds(callbackValue(element), value)),
    );
    if (found) return found;
  }
  return null;
}

const isControl = (element: CardObject): boolean =>
  INTERACTIVE.has(String(element.tag)) || element.tag === 'overflow' || element.tag === 'interactive_container';

/** The `value` a tap hands back; undefined when the control has no callback. */
export function callbackValue(element: CardObject): unknown {
  return behaviour(element, 'callback')?.value;
}

export function behaviour(element: CardObject, type: string): CardObject | null {
  return (
    listOf(element, 'behaviors')
      .map(asObject)
      .find((candidate) => candidate?.type === type) ?? null
  );
}

export const submitsForm = (element: CardObject): boolean =>
  element.form_action_type === 'submit' || behaviour(element, 'form_action')?.behavior === 'submit';

function holds(value: unknown, parts: CardObject): boolean {
  const object = asObject(value);
  return (
    object !== null &&
    Object.entries(parts).every(([key, part]) => JSON.stringify(object[key]) === JSON.stringify(part))
  );
}

export type FormRefusal = 'required_field' | 'no_such_option' | 'too_long';

export type Filled =
  | { readonly ok: true; readonly values: Record<string, unknown> }
  | { readonly ok: false; readonly reason: FormRefusal; readonly field: string };

/** What a form sends: every field by name, given values over the ones it shows at first. Throws on a name it has not. */
export function fillForm(form: CardObject, given: FormValues): Filled {
  const fields = elementsOf({ body: { elements: [form] } })
    .map(({ element }) => element)
    .filter((element) => INTERACTIVE.has(String(element.tag)) && element.tag !== 'button');
  for (const name of Object.keys(given)) {
    if (!fields.some((field) => field.name === name)) throw new Error(`the form has no field ${name}`);
  }
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const name = String(field.name);
    const value = given[name] ?? shownAtFirst(field);
    if (field.required === true && (value === '' || (Array.isArray(value) && value.length === 0))) {
      return { ok: false, reason: 'required_field', field: name };
    }
    if (tooLong(field, value)) return { ok: false, reason: 'too_long', field: name };
    if (!offers(field, value)) return { ok: false, reason: 'no_such_option', field: name };
    values[name] = value;
  }
  return { ok: true, values };
}

/** The client lets nobody type more; without a number it is 1,000 characters. */
const tooLong = ({ tag, max_length: most = 1_000 }: CardObject, value: unknown): boolean =>
  tag === 'input' && typeof value === 'string' && [...value].length > Number(most);

function shownAtFirst(field: CardObject): unknown {
  const tag = String(field.tag);
  if (tag === 'checker') return field.checked ?? false;
  if (tag.startsWith('multi_')) return field.selected_values ?? [];
  const initial = field.initial_option ?? field.initial_date ?? field.initial_time ?? field.initial_datetime;
  return field.default_value ?? initial ?? '';
}

/** Whether a select has what was chosen; other fields take anything. */
export function offers(field: CardObject, value: unknown): boolean {
  if (!CHOICES.has(String(field.tag)) || value === '') return true;
  const options = listOf(field, 'options').map((option) => asObject(option)?.value);
  return (Array.isArray(value) ? value : [value]).every((chosen) => options.includes(chosen));
}
