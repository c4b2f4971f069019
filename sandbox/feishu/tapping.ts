/** A hand on a card: finds the control, sends `card.action.trigger`, applies the answer, and tells what the person sees. */
import type { PushOutcome } from '../platform/http-push.ts';
import { asObject } from '../platform/json.ts';
import { firstCardFault } from './card-check.ts';
import {
  behaviour,
  type ControlRef,
  callbackValue,
  type FormRefusal,
  type FormValues,
  fillForm,
  findControl,
  offers,
  submitsForm,
} from './card-controls.ts';
import { type CardObject, isV2, type PlacedElement, readCard } from './card-json.ts';
import { CARD_LIFE_MS } from './card-updates-api.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import type { Message, Person } from './world.ts';

export interface TapOptions {
  /** False: the person says no where the button asks for confirmation. */
  readonly confirm?: boolean;
  readonly flaws?: Flaws;
}

export interface Toast {
  readonly type: 'info' | 'success' | 'error' | 'warning';
  readonly content: string;
}

export type TapRefusal =
  | 'not_a_member'
  | 'not_a_card'
  | 'recalled'
  | 'expired'
  | 'no_such_control'
  | 'disabled'
  | 'cancelled'
  | 'busy'
  | 'required_field'
  | 'no_such_option'
  | 'too_long';

export type TapResult =
  | {
      readonly ok: true;
      readonly toast: Toast | null;
      /** The card as it stands now. */
      readonly card: CardObject;
      /** The answer brought a new face. */
      readonly cardChanged: boolean;
      /** The page that opened, for a button that is a link. */
      readonly opened: string | null;
      /** Null when nothing was sent (a pure link). */
      readonly eventId: string | null;
      readonly tookMs: number;
    }
  /** The client did not even send it. */
  | { readonly ok: false; readonly reason: TapRefusal }
  /** The person sees an error code (feishu.md §7.5). */
  | { readonly ok: false; readonly reason: 'error'; readonly code: number; readonly eventId: string };

export type Tap = (
  person: Person | string,
  messageId: string,
  control: ControlRef,
  values?: FormValues,
  options?: TapOptions,
) => Promise<TapResult>;

const TOASTS = ['info', 'success', 'error', 'warning'];

export function createTap(core: Core): Tap {
  const { world, events, deliveries, random, clock, taps, journal, options } = core;
  const busy = new Set<string>();

  function refuseToShow(person: Person, message: Message): TapRefusal | null {
    if (message.type !== 'interactive') return 'not_a_card';
    if (message.deleted) return 'recalled';
    if (!world.chat(message.chatId).memberIds.has(person.openId) || person.departed) return 'not_a_member';
    if (message.onlyFor && message.onlyFor !== person.openId) return 'not_a_member';
    return clock.now() - message.createdAt > CARD_LIFE_MS ? 'expired' : null;
  }

  async function send(
    person: Person,
    message: Message,
    action: CardObject,
    flaws: Flaws | undefined,
  ): Promise<TapResult> {
    const { messageId, chatId } = message;
    const token = `c-${random.hex(40)}`;
    const { union_id, user_id, open_id } = events.userIds(person);
    const operator = { tenant_key: person.tenantKey, ...(user_id && { user_id }), open_id, union_id };
    const context = { open_message_id: messageId, open_chat_id: chatId };
    const event = events.write(
      'card.action.trigger',
      { operator, token, action, host: 'im_message', context },
      'callback',
    );
    const update = { messageId, issuedAt: clock.now(), answered: false, uses: 0 };
    taps.tokens.set(token, update);
    taps.open.set(messageId, (taps.open.get(messageId) ?? 0) + 1);
    const outcome = await deliveries.send(event, flaws).done;
    const still = (taps.open.get(messageId) ?? 1) - 1;
    if (still === 0) taps.open.delete(messageId);
    else taps.open.set(messageId, still);
    update.answered = true;
    return conclude(event.eventId, message, outcome);
  }

  function conclude(eventId: string, message: Message, outcome: PushOutcome): TapResult {
    const fail = (code: number, detail: string): TapResult => {
      if (code > 200600) journal.complain('bad_tap_answer', `${code}: ${detail}`);
      return { ok: false, reason: 'error', code, eventId };
    };
    if (!outcome.accepted) return fail(failureCode(outcome.reason), outcome.reason ?? '');
    const answer = readCard(outcome.answer || (options.mode === 'websocket' ? '{}' : ''));
    if (!answer) return fail(200672, 'the answer is not a JSON object');
    const toast = answer.toast === undefined ? null : asObject(answer.toast);
    if (answer.toast !== undefined && !isToast(toast)) return fail(200672, 'toast without a known type or content');
    const changed = answer.card !== undefined;
    if (changed) {
      const card = asObject(asObject(answer.card)?.data);
      if (asObject(answer.card)?.type !== 'raw' || !card) return fail(200673, 'card is not {type: "raw", data}');
      if (isV2(readCard(message.content)) && !isV2(card)) return fail(200830, 'a V1 card for a V2 message');
      const fault = firstCardFault(core, card);
      if (fault) return fail(200673, `${fault.message} at ${fault.path}`);
      message.content = JSON.stringify(card);
      message.updates += 1;
      message.updatedAt = clock.now();
      journal.touch();
    }
    return {
      ok: true,
      toast: toast as Toast | null,
      card: readCard(message.content) ?? {},
      cardChanged: changed,
      opened: null,
      eventId,
      tookMs: outcome.tookMs,
    };
  }

  return async function tap(ref, messageId, control, values = {}, { confirm = true, flaws } = {}) {
    const person = world.person(ref);
    const message = world.message(messageId);
    const hidden = refuseToShow(person, message);
    if (hidden) return { ok: false, reason: hidden };
    const card = readCard(message.content) ?? {};
    const found = findControl(card, control);
    if (!found) return { ok: false, reason: 'no_such_control' };
    const { element } = found;
    if (element.disabled === true) return { ok: false, reason: 'disabled' };
    if (element.confirm !== undefined && !confirm) return { ok: false, reason: 'cancelled' };
    const action = actionOf(found, values);
    if ('reason' in action) return { ok: false, reason: action.reason };
    const opened = String(behaviour(element, 'open_url')?.default_url ?? '') || null;
    if (callbackValue(element) === undefined && !submitsForm(element)) {
      return { ok: true, toast: null, card, cardChanged: false, opened, eventId: null, tookMs: 0 };
    }
    const key = `${person.openId} ${messageId}`;
    if (busy.has(key) && flaws === undefined) return { ok: false, reason: 'busy' };
    busy.add(key);
    const result = await send(person, message, action.action, flaws);
    busy.delete(key);
    return result.ok ? { ...result, opened } : result;
  };
}

/** The `action` part of the callback: only the keys that this kind of control sends (feishu.md §6.3). */
function actionOf(
  { element, form }: PlacedElement,
  values: FormValues,
): { action: CardObject } | { reason: FormRefusal } {
  const tag = String(element.tag);
  const value = callbackValue(element);
  const base = {
    ...(value !== undefined && { value }),
    tag,
    ...(typeof element.name === 'string' && { name: element.name }),
    timezone: 'Asia/Shanghai',
  };
  if (form && submitsForm(element)) {
    const filled = fillForm(form, values);
    return filled.ok ? { action: { ...base, form_value: filled.values } } : { reason: filled.reason };
  }
  const chosen = values.value;
  if (tag === 'button' || tag === 'interactive_container' || chosen === undefined) return { action: base };
  if (!offers(element, chosen)) return { reason: 'no_such_option' };
  if (tag === 'input') return { action: { ...base, input_value: chosen } };
  if (tag === 'checker') return { action: { ...base, checked: chosen } };
  return { action: { ...base, [tag.startsWith('multi_') ? 'options' : 'option']: chosen } };
}

function isToast(toast: CardObject | null): boolean {
  if (!toast || typeof toast.content !== 'string') return false;
  return toast.type === undefined || TOASTS.includes(String(toast.type));
}

function failureCode(reason: string | null): number {
  if (reason === 'timeout') return 200341;
  if (reason === 'no_connection') return 200340;
  return reason === 'unreachable' || reason === 'connection_lost' ? 200342 : 200671;
}
