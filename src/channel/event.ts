/** What a platform told us, in the words of the core: adapters produce these, use cases consume them. */
import type { Card } from './card.ts';

/** A person as a platform knows them; `tenant` is the platform's key of the company they belong to, when it says so. */
export interface PersonRef {
  readonly id: string;
  readonly tenant: string | null;
  /** Same company as our account. A person of another company inside one of our chats speaks for the customer. */
  readonly internal: boolean;
}

/**
 * A conversation on the platform. `direct` is one person with our bot; `group` is people among themselves, also when
 * they are only two (a customer and a salesperson, a customer-service session).
 */
export interface ChatRef {
  readonly id: string;
  readonly kind: 'group' | 'direct';
}

/** One line of a conversation that a colleague handed over (forwarded record, message action). */
export interface HandedLine {
  readonly speakerName: string | null;
  /** Platform id of the speaker where the platform gives it. */
  readonly speaker: PersonRef | null;
  readonly text: string;
  /** When it was said, ms since the epoch, when known. */
  readonly sentAt: number | null;
}

/** Somebody wrote something in a chat that our app can read. */
export interface MessageEvent {
  readonly type: 'message';
  /** The platform's message id: the same message delivered twice carries the same id. */
  readonly messageId: string;
  readonly chat: ChatRef;
  readonly sender: PersonRef;
  readonly senderKind: 'person' | 'bot';
  /** Plain words as people read them: mentions by name, our own @ removed. Empty for pictures, files and the like. */
  readonly text: string;
  /** True when our bot was addressed by @, or the chat is direct. */
  readonly addressed: boolean;
  /** People named with @ in the text, for learning names. */
  readonly mentions: readonly { readonly id: string; readonly name: string }[];
  /** The message this one answers, if it is a reply. */
  readonly repliesTo: string | null;
  /** Set when the message is a forwarded record: its lines; `text` is then empty. */
  readonly record: readonly HandedLine[] | null;
  /** Said before we began to listen here: kept as what went before, but nothing follows from it. */
  readonly history?: true;
  /** Names as the message itself carries them, where the platform puts them there: they save a look-up. */
  readonly senderName?: string;
  readonly chatName?: string;
  readonly sentAt: number;
}

/** A colleague chose 加入聊单 on messages of a chat. */
export interface HandOverEvent {
  readonly type: 'hand_over';
  readonly eventId: string;
  readonly by: PersonRef;
  readonly chat: ChatRef;
  /**
   * True when the adapter has re-read the messages from the platform and knows that the colleague is in the chat. False
   * when all of it is the colleague's word, as with a pasted record.
   */
  readonly vouched: boolean;
  /** `messageId` is null where the client does not tell it. */
  readonly lines: readonly (HandedLine & { readonly messageId: string | null })[];
  readonly at: number;
}

/** Our bot was put into, or taken out of, a chat. */
export interface BotMembershipEvent {
  readonly type: 'bot_added' | 'bot_removed';
  readonly eventId: string;
  readonly chat: ChatRef;
  readonly by: PersonRef;
  readonly chatName: string | null;
  /** The chat has members of other companies. */
  readonly external: boolean;
  readonly at: number;
}

/** A colleague and an outsider became contacts, or ceased to be, or the colleague changed what they noted about them. */
export interface ContactEvent {
  readonly type: 'contact_added' | 'contact_edited' | 'contact_removed';
  readonly eventId: string;
  readonly staff: PersonRef;
  readonly person: PersonRef;
  /** The conversation of the two, as later messages of theirs will name it. */
  readonly chat: ChatRef;
  /** Lets one greeting be sent, once, within seconds; null where the platform gives none. */
  readonly welcomeCode: string | null;
  readonly at: number;
}

/** A customer wrote to a service account and nobody has the session: it must be given to a person at once. */
export interface SessionWaitingEvent {
  readonly type: 'session_waiting';
  readonly eventId: string;
  readonly chat: ChatRef;
  readonly person: PersonRef;
  readonly at: number;
}

/** Somebody took their words back: our copy goes too. */
export interface RecallEvent {
  readonly type: 'recalled';
  readonly eventId: string;
  /** The platform's id of the recalled message; it may be one we have never seen. */
  readonly messageId: string;
  readonly at: number;
}

/** A chat got another name; `name` is null where the event does not say it and it has to be looked up. */
export interface ChatRenamedEvent {
  readonly type: 'chat_renamed';
  readonly eventId: string;
  readonly chat: ChatRef;
  readonly name: string | null;
  readonly at: number;
}

/** A colleague left the company, as its address book on the platform says. */
export interface StaffLeftEvent {
  readonly type: 'staff_left';
  readonly eventId: string;
  readonly person: PersonRef;
  readonly at: number;
}

export type ChannelEvent =
  | MessageEvent
  | HandOverEvent
  | BotMembershipEvent
  | ContactEvent
  | SessionWaitingEvent
  | RecallEvent
  | ChatRenamedEvent
  | StaffLeftEvent;

/** Somebody tapped a button of one of our cards. It is answered inside the callback; only one that takes too long waits in the inbox. */
export interface CardTap {
  /** Unique per tap as the platform counts them; a doubled delivery carries the same id. */
  readonly eventId: string;
  readonly tapper: PersonRef;
  /** The random key we put on the button. */
  readonly actionKey: string;
  /** What was chosen or typed beside the button, by field name. */
  readonly values: Readonly<Record<string, string>>;
  /** The platform's id of the message that carries the card. */
  readonly messageId: string;
  readonly chatId: string | null;
}

/** What the tapper sees at once: a short notice only they see and, when the matter changed, the card's new face. */
export interface TapAnswer {
  readonly notice: { readonly tone: 'success' | 'info' | 'warning' | 'error'; readonly text: string } | null;
  readonly card: Card | null;
}
