/** A card to the eye: its words, and the buttons on it. */
import { text } from '../../platform/http-face.ts';
import { asObject, type JsonObject, listOf } from '../../platform/json.ts';
import type { Params } from './cards.ts';

export interface Button {
  readonly id: string;
  readonly label: string;
  /** The page it opens; null for one that calls back. */
  readonly url: string | null;
  /** Calls back; without it and without a page it is dead. */
  readonly calls: boolean;
  /** `blue`, `gray`; empty when it says none. */
  readonly color: string;
  readonly params: JsonObject;
}

/** Null when `sys_full_json_obj` is there and cannot be read. */
function structureOf(params: Params): JsonObject | null {
  try {
    return asObject(JSON.parse(params.sys_full_json_obj ?? '{}'));
  } catch {
    return null;
  }
}

export function buttonsOf(params: Params): Button[] {
  return listOf(structureOf(params), 'msgButtons').map((entry) => {
    const button = asObject(entry);
    const url = text(button?.url) || null;
    return {
      id: text(button?.id),
      label: text(button?.text),
      url,
      color: text(button?.color),
      calls: url === null && button?.request === true && text(button?.id) !== '',
      params: asObject(button?.params) ?? {},
    };
  });
}

/** Every word on it, one line each: title, markdown, tips and whatever else the template shows. */
export const wordsOf = (params: Params): string[] =>
  Object.entries(params)
    .filter(([name, value]) => name !== 'sys_full_json_obj' && name !== 'logo' && value !== '')
    .flatMap(([, value]) => value.split('\n'));

/** What is wrong with the buttons of a card: it is shown all the same, without them. */
export function buttonFault(params: Params): string | null {
  const structure = structureOf(params);
  if (!structure) return 'sys_full_json_obj is not a JSON object';
  if (structure.msgButtons !== undefined && !Array.isArray(structure.msgButtons)) return 'msgButtons is not a list';
  const dead = buttonsOf(params).find(({ label, url, calls }) => label === '' || (url === null && !calls));
  return dead ? `the button ${dead.label || dead.id} has no text, or neither url nor id with request: true` : null;
}
