/** What a page may ask of the chat client that shows it; one file beside this one for each platform. */
import type { Answer } from '../answer.ts';
import type { HandOverBody, ServerRefusal } from '../api/server.ts';
import type { Client } from './client.ts';

/** A message the person picked, as the client tells it: for the person's eyes; where it can, the server reads it again itself. */
export interface PickedMessage {
  /** Tells the messages of this page apart. */
  readonly id: string;
  readonly sender: string;
  /** Instant, ms; null when the client does not say. */
  readonly sentAt: number | null;
  readonly text: string;
  /** Whether it can be handed over. */
  readonly readable: boolean;
}

/** What the page stands beside, in the platform's own id: a conversation, or one outside contact. It proves nothing. */
export interface OpenChat {
  readonly kind: 'chat' | 'contact';
  readonly externalId: string;
}

/** Why the client does not give what was asked for; the words for each are in `troubles.ts` and `words-session.ts`. */
export type ClientRefusal =
  | 'outside'
  | 'no_messages'
  | 'old_client'
  | 'script'
  | 'refused'
  | 'withheld'
  | 'not_for_you'
  | 'bad_domain'
  | 'bad_agent'
  | 'expired'
  | 'client';

export interface Bridge {
  /** As the server's addresses name it. */
  readonly platform: Client;
  /**
   * A fresh one-time code that tells our server who this is. Ask when it is about to be used: it lives minutes. In
   * WeCom the page leaves for the platform instead, comes back signed in, and this call never ends; the server's word
   * for why it did not work is the refusal then.
   */
  signInCode(): Promise<Answer<string, BridgeRefusal>>;
  /** What the page was opened beside; null where it was opened by itself. Does not change while the page is there. */
  currentChat(): Promise<Answer<OpenChat | null, BridgeRefusal>>;
  /** Whether this client can be asked to put words into the chat; only after `currentChat` has answered. */
  canSend(): boolean;
  /** Puts a text into the open chat as the person's own; most clients ask them once more. No client says what became of it. */
  sendToChat(text: string): Promise<Answer<null, BridgeRefusal>>;
  /** Whether the client is there and lets a page close itself. */
  canClose(): boolean;
  close(): void;
}

/** What a client's refusal, our server's, or the server's word after a sign-in by redirect can be. */
export type BridgeRefusal = ClientRefusal | ServerRefusal | EntryRefusal;

/** Of `SignInRefusal`, what only a sign-in knows; `no_cookies`: signed in, and the browser has kept nothing of it. */
export type EntryRefusal = 'stranger' | 'inactive' | 'too_many' | 'no_cookies';

/** A client in whose chats messages can be picked. */
export interface HandOverBridge extends Omit<Bridge, 'signInCode'> {
  signInCode(): Promise<Answer<string, ClientRefusal | ServerRefusal>>;
  /** The messages the page was opened for; at least one. Prepares the client where that is needed. */
  pickedMessages(): Promise<Answer<readonly PickedMessage[], ClientRefusal | ServerRefusal>>;
  /** What the server is told of these messages. */
  request(code: string, messages: readonly PickedMessage[]): HandOverBody;
}
