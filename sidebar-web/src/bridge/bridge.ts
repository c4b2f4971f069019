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

/** Why the client does not give what was asked for; the words for each are in `troubles.ts`. */
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
  /** The messages the page was opened for; at least one. Prepares the client where that is needed. */
  pickedMessages(): Promise<Answer<readonly PickedMessage[], ClientRefusal | ServerRefusal>>;
  /** A fresh one-time code that tells our server who this is. Ask when it is about to be used: it lives minutes. */
  signInCode(): Promise<Answer<string, ClientRefusal>>;
  /** What the server is told of these messages. */
  request(code: string, messages: readonly PickedMessage[]): HandOverBody;
  /** Whether the client is there and lets a page close itself. */
  canClose(): boolean;
  close(): void;
}
