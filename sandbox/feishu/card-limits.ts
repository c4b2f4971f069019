/** The limits of single card components: lengths, amounts, references and what must fit together. */
import { asObject, listOf } from '../platform/json.ts';
import type { CardObject } from './card-json.ts';

type Fault = (message: string, code?: number) => void;

export function checkElementLimits(
  element: CardObject,
  tag: string,
  inForm: boolean,
  knownPerson: (id: string) => boolean,
  fault: Fault,
): void {
  if (tag === 'button') checkButton(element, inForm, fault);
  if (tag === 'select_static' || tag === 'multi_select_static') checkChoices(element, fault);
  if (tag === 'person' || tag === 'person_list') checkPeople(element, tag, knownPerson, fault);
  if (tag === 'table') checkTable(element, fault);
  if (tag === 'img' && !/^img_/.test(String(element.img_key))) fault('invalid image key', 200570);
  if (tag === 'chart' && typeof asObject(element.chart_spec)?.type !== 'string') fault('chart spec is invalid', 200550);
  if (tag === 'input') checkInput(element, fault);
  for (const behaviour of listOf(element, 'behaviors').map(asObject)) {
    const { type, value, default_url: url } = behaviour ?? {};
    if (type === 'callback' && asObject(value) === null && typeof value !== 'string') fault('a callback needs a value');
    if (type === 'open_url' && typeof url !== 'string') fault('open_url needs default_url');
  }
}

/** Whether a form holds a button that submits it. */
export function submits(element: unknown): boolean {
  if (Array.isArray(element)) return element.some(submits);
  const object = asObject(element);
  if (!object) return false;
  const actions = listOf(object, 'behaviors').map((behaviour) => asObject(behaviour)?.behavior);
  if (object.tag === 'button' && (object.form_action_type === 'submit' || actions.includes('submit'))) return true;
  return submits(object.elements) || submits(object.columns);
}

function checkButton(button: CardObject, inForm: boolean, fault: Fault): void {
  const words = asObject(button.text)?.content;
  if (words === undefined && button.icon === undefined) fault('a button needs a text or an icon');
  if (typeof words === 'string' && [...words].length > 100) fault('button text is longer than 100 characters');
  if (button.form_action_type !== undefined && !inForm) fault('form_action_type outside a form');
}

/** https://open.feishu.cn/document/feishu-cards/card-json-v2-components/interactive-components/input */
function checkInput(input: CardObject, fault: Fault): void {
  const { max_length: most = 1_000, default_value: words, input_type: type = 'text', rows } = input;
  if (!Number.isInteger(most) || Number(most) < 1 || Number(most) > 1_000) fault('max_length is 1 to 1000');
  if (typeof words === 'string' && [...words].length > Number(most)) fault('default_value is longer than max_length');
  if (rows !== undefined && type !== 'multiline_text') fault('rows without multiline_text');
}

function checkChoices(select: CardObject, fault: Fault): void {
  const values = listOf(select, 'options').map((option) => asObject(option)?.value);
  const initial = select.initial_option;
  if (new Set(values).size !== values.length) fault('duplicate option value');
  if (typeof initial === 'string' && initial !== '' && !values.includes(initial))
    fault('initial_option is not an option');
}

function checkPeople(element: CardObject, tag: string, knownPerson: (id: string) => boolean, fault: Fault): void {
  if (element.drop_invalid_user_id === true) return;
  const ids = tag === 'person' ? [element.user_id] : listOf(element, 'persons').map((person) => asObject(person)?.id);
  for (const id of ids) if (!knownPerson(String(id))) fault(`invalid user id ${id}`, 100290);
}

function checkTable(table: CardObject, fault: Fault): void {
  const size = table.page_size ?? 5;
  if (!Number.isInteger(size) || Number(size) < 1 || Number(size) > 10) fault('page_size is 1 to 10');
  const columns = listOf(table, 'columns').map((column) => asObject(column)?.name);
  if (columns.length > 50) fault('more than 50 columns');
  for (const row of listOf(table, 'rows')) {
    const cells = asObject(row);
    if (!cells) fault('a row is not an object', 200914);
    else if (Object.keys(cells).some((key) => !columns.includes(key)))
      fault('a row has a cell without a column', 200915);
  }
}
