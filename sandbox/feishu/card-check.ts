/** Judges the `content` of a card message and words the refusal as error 230099 does. */
import { asObject } from '../platform/json.ts';
import { type CardObject, isV2, readCard } from './card-json.ts';
import { type CardFault, findCardFaults } from './card-validator.ts';
import type { Core } from './core.ts';
import { type Reply, refuse } from './reply.ts';

/** Null when the platform would show the card. Counts as a complaint otherwise. */
export function checkCard(core: Core, content: string): Reply | null {
  const fault = firstCardFault(core, content);
  return fault ? cardRefusal(core, fault) : null;
}

/** The first fault of a card given as JSON text (or as the object of a callback answer). */
export function firstCardFault(core: Core, card: string | CardObject): CardFault | null {
  const value = typeof card === 'string' ? readCard(card) : card;
  if (!value) return { code: 200621, path: 'ROOT', message: 'parse card json err' };
  if (value.type === 'template') return { code: 11310, path: 'ROOT', message: 'template is not visible to the app' };
  if (value.type === 'card') return { code: 200740, path: 'ROOT', message: 'card entity does not exist' };
  if (isV2(value)) return findCardFaults(value, { knownPerson: (id) => core.world.people.has(id) })[0] ?? null;
  if (value.schema !== undefined && value.schema !== '1.0') {
    return { code: 200621, path: 'ROOT -> schema', message: 'unknown schema' };
  }
  const blank = Object.keys(value).length === 0;
  const v1 = Array.isArray(value.elements) || asObject(value.i18n_elements) !== null;
  return blank || v1
    ? null
    : { code: 200621, path: 'ROOT', message: 'a V1 card has elements; is schema "2.0" missing?' };
}

/** Error 230099 with its sub code in the message (feishu.md §7.6), and a complaint. */
export function cardRefusal(core: Core, fault: CardFault): Reply {
  const { code, path, message } = fault;
  core.journal.complain('invalid_card', `${code} at ${path}: ${message}`);
  return refuse(230099, `Failed to create card content, ext=ErrCode: ${code}; ErrPath: ${path}; ErrMsg: ${message}; `);
}
