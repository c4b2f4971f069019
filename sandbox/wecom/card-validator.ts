/** Judges a template card by the documented limits, and says which code each fault costs. */
import { asObject, type JsonObject, listOf } from '../platform/json.ts';
import { CARD_TYPES, type FieldRule, PARTS, type PartRule } from './card-rules.ts';

export interface CardFault {
  /** Null: the platform takes the card and ignores what is wrong; people then miss something. */
  readonly code: number | null;
  readonly path: string;
  readonly message: string;
}

export interface CardContext {
  /** Which of the three senders of cards it comes from: their rules differ. */
  readonly sender: 'app' | 'bot' | 'webhook';
  readonly knownMember: (userid: string) => boolean;
}

type Report = (code: number | null, path: string, message: string) => void;

/** Every fault of a card; none for one that the platform would take and show in full. */
export function findCardFaults(card: unknown, context: CardContext): CardFault[] {
  const faults: CardFault[] = [];
  const report: Report = (code, path, message) => void faults.push({ code, path, message });
  const object = asObject(card);
  const type = String(object?.card_type);
  const rule = CARD_TYPES[type];
  const shown = context.sender !== 'webhook' || type.endsWith('_notice');
  if (!object || !rule || !shown) return [{ code: 42031, path: 'card_type', message: `no card type ${type}` }];
  checkPart(object, type, { ...rule, fields: fieldsFor(rule, context) }, 'template_card', context, report);
  checkTitle(object, type, report);
  checkKeys(object, report);
  checkTask(object, report);
  if (type === 'text_notice' || type === 'news_notice') checkNotice(object, type, report);
  return faults;
}

function fieldsFor(rule: PartRule, { sender }: CardContext): PartRule['fields'] {
  if (sender !== 'bot') return rule.fields;
  return {
    ...rule.fields,
    jump_list: { list: 'bot_jump', min: 0, max: 3, code: 42036 },
    feedback: { part: 'feedback' },
  };
}

function checkPart(
  object: JsonObject,
  what: string,
  rule: PartRule,
  path: string,
  context: CardContext,
  report: Report,
): void {
  for (const [key, code] of Object.entries(rule.required ?? {})) {
    if (object[key] === undefined || object[key] === '') report(code, `${path}.${key}`, `${what} needs ${key}`);
  }
  for (const [key, value] of Object.entries(object)) {
    const field = rule.fields[key];
    if (field) checkField(value, field, key, `${path}.${key}`, context, report);
    else report(null, `${path}.${key}`, `${what} has no ${key}`);
  }
  if (rule.types) checkType(object, what, rule.types, path, context, report);
}

function checkField(
  value: unknown,
  rule: FieldRule,
  key: string,
  path: string,
  context: CardContext,
  report: Report,
): void {
  if (typeof rule === 'string') {
    if (typeof value !== rule) report(40058, path, `${key} is not a ${rule}`);
    return;
  }
  const items = 'list' in rule ? value : [value];
  if (!Array.isArray(items)) {
    report(40058, path, `${key} is not a list`);
    return;
  }
  if ('list' in rule && (items.length < rule.min || items.length > rule.max)) {
    report(rule.code, path, `${key} has ${items.length} items, ${rule.min} to ${rule.max} are allowed`);
  }
  const name = 'list' in rule ? rule.list : rule.part;
  for (const [index, item] of items.entries()) {
    const object = asObject(item);
    const at = 'list' in rule ? `${path}[${index}]` : path;
    if (!object) report(40058, at, `${name} is not an object`);
    else checkPart(object, name, PARTS[name] ?? { fields: {} }, at, context, report);
  }
}

function checkType(
  object: JsonObject,
  what: string,
  types: NonNullable<PartRule['types']>,
  path: string,
  context: CardContext,
  report: Report,
): void {
  const type = object.type ?? 0;
  const needs = typeof type === 'number' ? types[type] : undefined;
  if (!needs || (context.sender === 'bot' && what === 'horizontal' && type === 2)) {
    report(40058, `${path}.type`, `${what} has no type ${type}`);
    return;
  }
  for (const [key, code] of Object.entries(needs)) {
    if (typeof object[key] !== 'string' || object[key] === '')
      report(code, `${path}.${key}`, `type ${type} needs ${key}`);
  }
  const address = object.url;
  if (type === 1 && typeof address === 'string' && address !== '' && !/^https?:\/\//.test(address)) {
    report(42028, `${path}.url`, 'an address needs its scheme');
  }
  if (what === 'horizontal' && type === 3 && !context.knownMember(String(object.userid))) {
    report(42050, `${path}.userid`, `no member ${object.userid}`);
  }
}

function checkTitle(card: JsonObject, type: string, report: Report): void {
  const title = asObject(card.main_title)?.title;
  const enough = type === 'text_notice' && card.sub_title_text !== undefined && card.sub_title_text !== '';
  if (!enough && (typeof title !== 'string' || title === '')) {
    report(42033, 'template_card.main_title', 'main_title.title is missing');
  }
}

function checkNotice(card: JsonObject, type: string, report: Report): void {
  const action = asObject(card.card_action)?.type;
  if (action !== 1 && action !== 2) report(42045, 'template_card.card_action', 'a notice needs an address to open');
  if (type !== 'news_notice') return;
  const image = asObject(card.card_image);
  if (!image && !asObject(card.image_text_area))
    report(42044, 'template_card.card_image', 'a news notice needs a picture');
  const ratio = image?.aspect_ratio;
  if (typeof ratio === 'number' && (ratio < 1.3 || ratio > 2.25)) {
    report(42044, 'template_card.card_image.aspect_ratio', 'between 1.3 and 2.25');
  }
}

/** `[0-9A-Za-z_\-@]`, at most 128 bytes; an action menu needs one too. */
function checkTask(card: JsonObject, report: Report): void {
  const id = card.task_id;
  if (typeof id === 'string' && id !== '' && !/^[\w\-@]{1,128}$/.test(id)) {
    report(42014, 'template_card.task_id', 'letters, digits, _-@, at most 128 bytes');
  }
  if (card.action_menu !== undefined && (id === undefined || id === '')) {
    report(42014, 'template_card.task_id', 'an action menu needs a task_id');
  }
}

/** Keys: at most 1,024 bytes, options 128, and none twice. */
function checkKeys(card: JsonObject, report: Report): void {
  const questions = [card.button_selection, card.checkbox, ...listOf(card, 'select_list')].map(asObject);
  const keyed = (
    path: string,
    list: readonly unknown[],
    field: string,
    limit: number,
    code: number,
    twice = code,
  ): void => {
    const keys = list.map((item) => asObject(item)?.[field]).filter((key) => typeof key === 'string' && key !== '');
    if (new Set(keys).size !== keys.length) report(twice, path, `a ${field} stands there twice`);
    if (keys.some((key) => Buffer.byteLength(String(key)) > limit))
      report(code, path, `${field} is longer than ${limit} bytes`);
  };
  keyed('template_card.button_list', listOf(card, 'button_list'), 'key', 1024, 42039);
  keyed('template_card.action_menu', listOf(asObject(card.action_menu), 'action_list'), 'key', 1024, 42039, 42051);
  keyed('template_card', questions, 'question_key', 1024, 42043);
  keyed('template_card.submit_button', [card.submit_button], 'key', 1024, 42046);
  for (const question of questions)
    keyed(`${question?.question_key}`, listOf(question, 'option_list'), 'id', 128, 42040);
}
