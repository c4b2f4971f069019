/** A hand on a card: finds the control, sends the event with a fresh response code, and tells whether the product took it. */
import type { Delivery } from '../platform/deliveries.ts';
import type { BotSocket } from './bot/socket.ts';
import { type Control, controlsOf, type Question, questionsOf } from './card-view.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import type { Message, PersonRef } from './world.ts';

/** Chosen option ids by question key. */
export type Choices = Readonly<Record<string, string | readonly string[]>>;

export type TapRefusal =
  | 'not_a_card'
  | 'not_a_recipient'
  | 'recalled'
  | 'no_such_control'
  | 'disabled'
  | 'no_such_option';

export type TapResult =
  | {
      readonly ok: true;
      readonly eventId: string | null;
      /** Fresh code for one update; null for cards of the AI bot and for links. */
      readonly responseCode: string | null;
      /** The page that opened, for a button that is a link. */
      readonly opened: string | null;
      readonly delivery: Delivery | null;
    }
  /** The client did not even send it. */
  | { readonly ok: false; readonly reason: TapRefusal }
  /** The product did not take it: the person sees that nothing happens. */
  | { readonly ok: false; readonly reason: 'not_delivered'; readonly eventId: string | null; readonly detail: string };

/** `control`: the key or the label of a button, a submit button or a menu entry. */
export type Tap = (
  person: PersonRef,
  messageId: string,
  control: string,
  choices?: Choices,
  flaws?: Flaws,
) => Promise<TapResult>;

export function createTap(core: Core, bot: BotSocket): Tap {
  const { world, events, deliveries, responseCodes } = core;

  function tell(
    userid: string,
    message: Message,
    control: Control,
    answers: readonly (readonly [string, readonly string[]])[],
    ResponseCode: string,
    flaws: Flaws | undefined,
  ): Delivery {
    const { task_id, card_type } = message.body;
    const items = answers.map(([QuestionKey, ids]) => ({ QuestionKey, OptionIds: { OptionId: [...ids] } }));
    const event = events.appEvent(
      control.kind === 'menu' ? 'template_card_menu_event' : 'template_card_event',
      userid,
      {
        EventKey: control.key,
        TaskId: String(task_id ?? ''),
        CardType: String(card_type),
        ResponseCode,
        ...(items.length > 0 && { SelectedItems: { SelectedItem: items } }),
      },
    );
    return deliveries.send(event, flaws);
  }

  return async function tap(ref, messageId, name, choices = {}, flaws) {
    const { userid } = world.member(ref);
    const message = world.message(messageId);
    const card = message.body;
    if (message.type !== 'template_card') return { ok: false, reason: 'not_a_card' };
    const chat = world.chat(message.chatId);
    if (!chat.memberIds.has(userid)) return { ok: false, reason: 'not_a_recipient' };
    if (message.recalled) return { ok: false, reason: 'recalled' };
    const control = controlsOf(card).find(({ key, label }) => key === name || label === name);
    if (!control) return { ok: false, reason: typeof card.replace_text === 'string' ? 'disabled' : 'no_such_control' };
    if (control.url !== null)
      return { ok: true, eventId: null, responseCode: null, opened: control.url, delivery: null };
    const answers = control.kind === 'menu' ? [] : questionsOf(card).map((question) => answer(question, choices));
    if (answers.includes(null)) return { ok: false, reason: 'no_such_option' };
    const given = answers.filter((one) => one !== null).filter(([, ids]) => ids.length > 0);
    const responseCode = message.sender.kind === 'bot' ? null : responseCodes.issue(message.sendId);
    const delivery =
      responseCode === null
        ? bot.tap(userid, message, control.key, given)
        : tell(userid, message, control, given, responseCode, flaws);
    const { eventId } = delivery;
    const outcome = await delivery.first;
    if (!outcome.accepted) return { ok: false, reason: 'not_delivered', eventId, detail: outcome.reason ?? '' };
    return { ok: true, eventId, responseCode, opened: null, delivery };
  };
}

/** What the person chose, else what stood chosen; null when that cannot be chosen. */
function answer(question: Question, choices: Choices): [string, readonly string[]] | null {
  const wanted = choices[question.key];
  if (wanted === undefined) return [question.key, question.chosen];
  const ids = typeof wanted === 'string' ? [wanted] : wanted;
  const fits = ids.every((id) => question.optionIds.includes(id)) && (question.many || ids.length === 1);
  return fits && !question.disabled ? [question.key, ids] : null;
}
