/** What people say to the app and to each other; the app hears the first, the archive keeps the second. */
import type { Delivery } from '../platform/deliveries.ts';
import type { Archive } from './archive/archive.ts';
import type { BotTalk } from './bot/talk.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import type { Said } from './said.ts';
import { appChat } from './sent.ts';
import { contentOf, pasted, toXml, type Utterance } from './utterance.ts';
import { type Chat, type ChatRef, idOf, type Message, type PersonRef } from './world.ts';

export interface SayOptions {
  readonly flaws?: Flaws;
  /** When it was said, ms; now unless told. */
  readonly at?: number;
}

export interface ForwardOptions extends SayOptions {
  /**
   * `pasted`: copied and sent as one text with names and times. `one_by_one`: each as a message of its own.
   * `merged`: one record. No documented callback carries a merged record: an app hears nothing of it, the AI bot gets
   * `msgtype: chatrecord` in the archive's shape, which is an assumption. `pasted` unless told.
   */
  readonly as?: 'pasted' | 'one_by_one' | 'merged';
}

export interface Speaking {
  sayToApp(person: PersonRef, what: Utterance, options?: SayOptions): Said;
  /** Opens the chat with the app, which reports it. */
  enterApp(person: PersonRef, flaws?: Flaws): Delivery;
  /** In a group, or to another person (member or customer) in private. Only the archive hears it. */
  say(person: PersonRef, to: ChatRef | PersonRef, what: Utterance, options?: SayOptions): Said;
  /** Hands messages on to the app, to the AI bot, to a person or into a group. */
  forward(
    person: PersonRef,
    messageIds: readonly string[],
    to: 'app' | 'bot' | ChatRef | PersonRef,
    options?: ForwardOptions,
  ): Said[];
  /** Takes a message of one's own back. The archive notes it. */
  recall(messageId: string): void;
}

export function createSpeaking(core: Core, archive: Archive, bot: BotTalk): Speaking {
  const { world, events, deliveries } = core;

  function placeOf(speaker: string, to: ChatRef | PersonRef): Chat {
    const id = typeof to === 'string' ? to : 'chatId' in to ? to.chatId : idOf(to);
    if (world.chats.has(id)) return world.chat(id);
    return world.chatBetween('private', [speaker, idOf(world.person(id))]);
  }

  function post(
    speaker: string,
    chat: Chat,
    what: Utterance,
    at?: number,
    forwarded: readonly Message[] = [],
  ): Message {
    if (!chat.memberIds.has(speaker)) throw new Error(`${world.person(speaker).name} is not in ${chat.name}`);
    const sender = { kind: 'person' as const, id: speaker };
    const when = at === undefined ? {} : { createdAt: at };
    return world.addMessage({ chatId: chat.chatId, sender, ...contentOf(what), forwarded, ...when });
  }

  function sayToApp(person: PersonRef, what: Utterance, { flaws, at }: SayOptions = {}): Said {
    const { userid } = world.member(person);
    const { type, body } = contentOf(what);
    const fields = toXml(type, body);
    const message = post(userid, appChat(core, userid), what, at);
    const delivery = fields && deliveries.send(events.message(userid, type, fields, at), flaws);
    return { messageId: message.messageId, delivery };
  }

  function say(person: PersonRef, to: ChatRef | PersonRef, what: Utterance, options: SayOptions = {}): Said {
    const speaker = idOf(world.person(person));
    const message = post(speaker, placeOf(speaker, to), what, options.at);
    archive.keep(message);
    return { messageId: message.messageId, delivery: null };
  }

  function sayMerged(speaker: string, to: ChatRef | PersonRef, messages: readonly Message[], at?: number): Said {
    const message = post(speaker, placeOf(speaker, to), { type: 'chatrecord', body: {} }, at, messages);
    archive.keep(message);
    return { messageId: message.messageId, delivery: null };
  }

  return {
    sayToApp,
    enterApp: (person, flaws) =>
      deliveries.send(events.appEvent('enter_agent', world.member(person).userid, { EventKey: '' }), flaws),
    say,
    forward(person, messageIds, to, { as = 'pasted', ...rest } = {}) {
      const messages = messageIds.map((id) => world.message(id));
      const speak = (what: Utterance): Said => {
        if (to === 'app') return sayToApp(person, what, rest);
        return to === 'bot' ? bot.sayToBot(person, what, rest) : say(person, to, what, rest);
      };
      if (as === 'pasted') return [speak(pasted(world, messages))];
      if (as === 'one_by_one') return messages.map(({ type, body }) => speak({ type, body }));
      if (to === 'app') return [sayToApp(person, { type: 'chatrecord', body: {} }, rest)];
      if (to === 'bot') return [bot.forwardToBot(person, messages, rest)];
      return [sayMerged(idOf(world.person(person)), to, messages, rest.at)];
    },
    recall(messageId) {
      const message = world.message(messageId);
      message.recalled = true;
      core.journal.touch();
      archive.keepRecall(message);
    },
  };
}
