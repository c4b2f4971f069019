/** Judges a card in JSON 2.0 as strictly as the platform's documents: unknown properties, tags, names, ids, places, amounts. */
import { asObject, listOf } from '../platform/json.ts';
import type { CardObject } from './card-json.ts';
import { checkElementLimits, submits } from './card-limits.ts';
import {
  BOOLEANS,
  type CardRule,
  CONTAINERS,
  ELEMENT_RULES,
  INTERACTIVE,
  OBJECT_RULES,
  type Part,
  VALUE_FORMATS,
} from './card-rules.ts';

export interface CardFault {
  /** Sub code of error 230099 (feishu.md §7.6). */
  readonly code: number;
  readonly path: string;
  readonly message: string;
}

export interface CardContext {
  /** False for person ids that do not exist; such a card is refused as a whole. */
  readonly knownPerson: (id: string) => boolean;
}

interface Place {
  readonly path: string;
  /** Containers around this object. */
  readonly depth: number;
  readonly inForm: boolean;
}

interface Walk {
  readonly faults: CardFault[];
  readonly context: CardContext;
  readonly ids: Set<string>;
  readonly names: Set<string>;
  readonly counts: { elements: number; tables: number; charts: number };
}

const UNREADABLE = 200621;
const MAX_ELEMENTS = 200;
const MAX_DEPTH = 5;
const MAX_TABLES = 5;

/** Every fault of a card of schema 2.0, in reading order; none for a card that the platform would take. */
export function findCardFaults(card: CardObject, context: CardContext): CardFault[] {
  const counts = { elements: 0, tables: 0, charts: 0 };
  const walk: Walk = { faults: [], context, ids: new Set(), names: new Set(), counts };
  checkObject(walk, card, 'card', OBJECT_RULES.card, { path: 'ROOT', depth: 0, inForm: false });
  const { faults } = walk;
  const config = asObject(card.config);
  if (config?.update_multi === false)
    faults.push({ code: 300302, path: 'ROOT -> config', message: 'update_multi must be true' });
  if (
    Array.isArray(asObject(card.header)?.text_tag_list) &&
    listOf(asObject(card.header), 'text_tag_list').length > 3
  ) {
    faults.push({ code: UNREADABLE, path: 'ROOT -> header', message: 'more than 3 text tags' });
  }
  if (counts.elements > MAX_ELEMENTS) faults.push({ code: 11310, path: 'ROOT', message: 'element exceeds the limit' });
  if (counts.tables > MAX_TABLES) faults.push({ code: 11310, path: 'ROOT', message: 'table number over limit' });
  if (counts.charts > MAX_TABLES) faults.push({ code: 11310, path: 'ROOT', message: 'chart number over limit' });
  return faults;
}

function checkObject(
  walk: Walk,
  value: unknown,
  what: string,
  rule: CardRule | undefined,
  place: Place,
  common: readonly string[] = [],
): void {
  const fault = (message: string, code = UNREADABLE): void =>
    void walk.faults.push({ code, path: place.path, message });
  const object = asObject(value);
  if (!object || !rule) {
    fault(`${what} is not an object`);
    return;
  }
  for (const key of rule.required ?? []) {
    if (object[key] === undefined) fault(`${what} needs ${key}`);
  }
  for (const [key, inner] of Object.entries(object)) {
    if (!rule.keys.includes(key) && !common.includes(key)) {
      fault(`unknown property, property: ${key}`);
      continue;
    }
    if (!fits(key, inner, rule)) fault(`${key} of ${what} has no such value`);
    const part = rule.parts?.[key];
    if (part) checkPart(walk, part, inner, { ...place, path: `${place.path} -> ${key}` });
  }
}

function fits(key: string, value: unknown, rule: CardRule): boolean {
  if (rule.enums?.[key]) return typeof value === 'string' && rule.enums[key].includes(value);
  if (BOOLEANS.has(key)) return typeof value === 'boolean';
  if (key === 'content' || key === 'name') return typeof value === 'string';
  const format = VALUE_FORMATS[key];
  return format ? typeof value === 'string' && format.test(value) : true;
}

function checkPart(walk: Walk, part: Part, value: unknown, place: Place): void {
  if (typeof part === 'string') {
    checkNamed(walk, part, value, place);
    return;
  }
  if (!Array.isArray(value)) {
    walk.faults.push({ code: UNREADABLE, path: place.path, message: 'not a list' });
    return;
  }
  for (const [index, item] of value.entries())
    checkNamed(walk, part[0], item, { ...place, path: `${place.path} -> [${index}]` });
}

function checkNamed(walk: Walk, name: string, value: unknown, place: Place): void {
  if (name === 'element' || name === 'column') checkElement(walk, value, place, name);
  else checkObject(walk, value, name, OBJECT_RULES[name], place);
}

function checkElement(walk: Walk, value: unknown, place: Place, expected: 'element' | 'column'): void {
  const { faults, counts } = walk;
  const element = asObject(value);
  const tag = String(element?.tag);
  const path = `${place.path}(tag: ${tag})`;
  const rule = ELEMENT_RULES[tag];
  const fault = (message: string, code = UNREADABLE): void => void faults.push({ code, path, message });
  if (!element || !rule || (tag === 'column') !== (expected === 'column')) {
    fault(`not support tag: ${tag}; cards of schema V2 no longer support this capability`, 200861);
    return;
  }
  const atRoot = place.path.startsWith('ROOT -> body -> elements') && place.depth === 0 && expected === 'element';
  counts.elements += 1;
  if (tag === 'table') counts.tables += 1;
  if (tag === 'chart') counts.charts += 1;
  if ((tag === 'form' || tag === 'table') && !atRoot) fault(`${tag} only at the root of the card`);
  const depth = place.depth + (CONTAINERS.has(tag) ? 1 : 0);
  if (depth > MAX_DEPTH) fault('nested too deep');
  checkIdentity(walk, element, tag, path, place.inForm);
  checkElementLimits(element, tag, place.inForm, walk.context.knownPerson, fault);
  if (tag === 'form' && !submits(element)) fault('a form needs a submit button', 200530);
  const inside = { path, depth, inForm: place.inForm || tag === 'form' };
  checkObject(walk, element, tag, rule, inside, ['tag', 'element_id', 'margin']);
}

function checkIdentity(walk: Walk, element: CardObject, tag: string, path: string, inForm: boolean): void {
  const { element_id: id, name } = element;
  const { faults, ids, names } = walk;
  if (id !== undefined) {
    if (typeof id !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(id))
      faults.push({ code: 300301, path, message: 'element_id is invalid' });
    else if (ids.has(id)) faults.push({ code: 300301, path, message: `duplicate element_id ${id}` });
    else ids.add(id);
  }
  const mustHaveName = tag === 'form' || (inForm && INTERACTIVE.has(tag));
  if (!mustHaveName) return;
  if (typeof name !== 'string' || name === '')
    faults.push({ code: 200530, path, message: 'the name of a form component is empty' });
  else if (names.has(name)) faults.push({ code: 200530, path, message: `duplicate name ${name}` });
  else names.add(name);
}
