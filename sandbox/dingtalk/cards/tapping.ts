/** A hand on a card: finds the button, sends the callback, applies the answer, and tells what the person sees. */
import type { PushOutcome } from '../../platform/http-push.ts';
import { asObject, type JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import type { Link } from '../robot/formats.ts';
import type { Said, Speaking } from '../robot/speaking.ts';
import type { Message, Person } from '../world.ts';
import { lookOver } from './card-check.ts';
import { type Card, faceOf, merged, type Params, paramsOf } from './cards.ts';
import { type Button, buttonsOf } from './face.ts';

export interface TapOptions {
  readonly flaws?: Flaws;
}

export type TapRefusal = 'not_a_member' | 'not_a_card' | 'recalled' | 'no_such_control' | 'dead_button';

export type TapResult =
  | {
      readonly ok: true;
      /** The card as the person sees it now; empty for a message with links. */
      readonly card: Params;
      readonly cardChanged: boolean;
      /** The page that opened, for a link. */
      readonly opened: string | null;
      /** What the client sent in the person's name, for a `dtmd://` link. */
      readonly said: Said | null;
      /** Null when no callback was sent. */
      readonly eventId: string | null;
      readonly tookMs: number;
    }
  /** The client did not even send it. */
  | { readonly ok: false; readonly reason: TapRefusal }
  /** The client shows that it failed: no answer in 2 s, or none that can be used. */
  | { readonly ok: false; readonly reason: 'error'; readonly detail: string; readonly eventId: string };

/** `control`: the id or the label of a button or link. */
export type Tap = (
  person: Person | string,
  messageId: string,
  control: string,
  options?: TapOptions,
) => Promise<TapResult>;

const ANSWER_KEYS = ['cardUpdateOptions', 'cardData', 'userPrivateData'];
const SEND_MESSAGE = 'dtmd://dingtalkclient/sendMessage?';

export function createTap(core: Core, speaking: Speaking): Tap {
  const { world, cards, events, deliveries, quota, cardRoutes, options, journal, clock } = core;

  function callbackData(person: Person, card: Card, message: Message, button: Button, old: boolean): JsonObject {
    const [actionIds, params] = [[button.id], button.params];
    const content = JSON.stringify(
      old ? { cardPrivateData: { actionIds }, params } : { cardPrivateData: { actionIds, params } },
    );
    const { userIdType, outTrackId } = card;
    const place = old ? { spaceType: '', spaceId: '' } : { spaceType: 'IM', spaceId: message.conversationId };
    const userId = userIdType === 2 ? person.unionId : person.userId;
    const type = 'actionCallback';
    const base = { extension: '{}', corpId: options.corpId, userIdType, type, userId, outTrackId };
    return { ...base, ...place, content, value: content };
  }

  async function call(person: Person, card: Card, message: Message, button: Button, flaws?: Flaws): Promise<TapResult> {
    const registered = card.callbackType === 'HTTP' ? (cardRoutes.get(card.routeKey ?? '') ?? null) : null;
    const data = callbackData(person, card, message, button, flaws?.oldCardShape === true);
    const event = events.cardCallback(data, registered);
    const { eventId } = event;
    if (card.callbackType === null) return { ok: false, reason: 'error', detail: 'no_callback_type', eventId };
    quota.take('stream', 'card callback');
    card.openTaps += 1;
    const outcome = await deliveries.send(event, flaws).done;
    card.openTaps -= 1;
    return conclude(person, card, eventId, outcome);
  }

  function conclude(person: Person, card: Card, eventId: string, outcome: PushOutcome): TapResult {
    const fail = (detail: string, bad: boolean): TapResult => {
      if (bad) journal.complain('bad_tap_answer', `${card.outTrackId}: ${detail}`);
      return { ok: false, reason: 'error', detail, eventId };
    };
    if (!outcome.accepted) return fail(outcome.reason ?? 'refused', false);
    const answer = readAnswer(outcome.answer);
    if (!answer) return fail('the answer is no JSON object', true);
    const strange = Object.keys(answer).find((key) => !ANSWER_KEYS.includes(key));
    if (strange !== undefined) return fail(`${strange} means nothing in an answer`, true);
    const shared = answer.cardData === undefined ? undefined : paramsOf(answer.cardData);
    const own = answer.userPrivateData === undefined ? undefined : paramsOf(answer.userPrivateData);
    if (shared === null || own === null) return fail('cardParamMap takes strings only', true);
    const how = asObject(answer.cardUpdateOptions);
    if (shared) card.params = merged(card.params, shared, how?.updateCardDataByKey === true);
    if (own) {
      const before = card.own.get(person.userId) ?? {};
      card.own.set(person.userId, merged(before, own, how?.updatePrivateDataByKey === true));
    }
    const cardChanged = shared !== undefined || own !== undefined;
    const { userId } = person;
    if (cardChanged) {
      const variables = cards.templates.get(card.templateId)?.variables ?? null;
      for (const params of [shared, own]) if (params) lookOver(core, params, variables);
      card.updates += 1;
      card.updatedAt = clock.now();
      journal.touch();
    }
    const { tookMs } = outcome;
    return { ok: true, card: faceOf(card, userId), cardChanged, opened: null, said: null, eventId, tookMs };
  }

  function follow(person: Person, message: Message, url: string, card: Params): TapResult {
    const rest = { ok: true, card, cardChanged: false, eventId: null, tookMs: 0 } as const;
    if (!url.startsWith(SEND_MESSAGE)) return { ...rest, opened: url, said: null };
    const words = new URLSearchParams(url.slice(SEND_MESSAGE.length)).get('content') ?? '';
    // In a group the words go to the chat as they are: whether they address the robot is unknown, so they do not.
    return { ...rest, opened: null, said: speaking.say(person, message.conversationId, words) };
  }

  return async function tap(ref, messageId, control, { flaws } = {}) {
    const person = world.person(ref);
    const message = world.message(messageId);
    if (message.sender.kind !== 'bot') return { ok: false, reason: 'not_a_card' };
    if (message.recalled) return { ok: false, reason: 'recalled' };
    const inside = world.chat(message.conversationId).memberIds.has(person.userId) && !person.departed;
    if (!inside || message.onlyFor?.includes(person.userId) === false) return { ok: false, reason: 'not_a_member' };
    const card = message.outTrackId === null ? null : (cards.instances.get(message.outTrackId) ?? null);
    if (!card) {
      const links = (message.body.links ?? []) as readonly Link[];
      const link = links.find(({ label }) => label === control);
      return link ? follow(person, message, link.url, {}) : { ok: false, reason: 'no_such_control' };
    }
    const face = faceOf(card, person.userId);
    const button = buttonsOf(face).find(({ id, label }) => id === control || label === control);
    if (!button) return { ok: false, reason: 'no_such_control' };
    if (button.url !== null) return follow(person, message, button.url, face);
    return button.calls ? call(person, card, message, button, flaws) : { ok: false, reason: 'dead_button' };
  };
}

/** `null` and nothing stand for "no change". */
function readAnswer(words: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(words || '{}');
    return value === null ? {} : asObject(value);
  } catch {
    return null;
  }
}
