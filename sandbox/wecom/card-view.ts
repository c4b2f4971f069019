/** A template card as a person sees it: its words, what can be tapped, and what can be chosen. */
import { asObject, type JsonObject, listOf } from '../platform/json.ts';

export interface Control {
  readonly kind: 'button' | 'submit' | 'menu';
  readonly key: string;
  readonly label: string;
  /** The page it opens instead of calling back. */
  readonly url: string | null;
}

export interface Question {
  readonly key: string;
  readonly optionIds: readonly string[];
  readonly chosen: readonly string[];
  readonly many: boolean;
  readonly disabled: boolean;
}

const SILENT = new Set([
  'card_type',
  'task_id',
  'key',
  'url',
  'icon_url',
  'image_url',
  'question_key',
  'id',
  'selected_id',
]);
const QUIET = new Set(['appid', 'pagepath', 'media_id', 'userid', 'feedback']);

/** Every word on the card, in reading order. */
export function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  return Object.entries(asObject(value) ?? {}).flatMap(([key, inner]) =>
    SILENT.has(key) || QUIET.has(key) ? [] : wordsOf(inner),
  );
}

/** Buttons and menu entries; none of the buttons once `replace_text` greyed them. */
export function controlsOf(card: JsonObject): Control[] {
  const make = (kind: Control['kind'], item: unknown): Control => {
    const { key, text, type, url } = asObject(item) ?? {};
    return { kind, key: String(key ?? ''), label: String(text ?? ''), url: type === 1 ? String(url) : null };
  };
  const menu = listOf(asObject(card.action_menu), 'action_list').map((item) => make('menu', item));
  if (typeof card.replace_text === 'string') return menu;
  const buttons = listOf(card, 'button_list').map((item) => make('button', item));
  return [...buttons, ...(card.submit_button ? [make('submit', card.submit_button)] : []), ...menu];
}

export function questionsOf(card: JsonObject): Question[] {
  const lists = [card.button_selection, card.checkbox, ...listOf(card, 'select_list')];
  return lists.flatMap((item) => {
    const question = asObject(item);
    return question ? [readQuestion(question, question === card.checkbox)] : [];
  });
}

/** A drop-down has its first option chosen unless told; a checkbox what is checked. */
function readQuestion(question: JsonObject, isCheckbox: boolean): Question {
  const options = listOf(question, 'option_list').map(asObject);
  const optionIds = options.map((option) => String(option?.id));
  const checked = options.filter((option) => option?.is_checked === true).map((option) => String(option?.id));
  const preset = optionIds.includes(String(question.selected_id)) ? String(question.selected_id) : optionIds[0];
  return {
    key: String(question.question_key),
    optionIds,
    chosen: isCheckbox ? checked : [preset ?? ''],
    many: isCheckbox && question.mode === 1,
    disabled: question.disable === true,
  };
}
