/** What a page may ask of the chat client that shows it; one file beside this one for each platform. */
import type { Answer } from '../answer.ts';
import type { ServerRefusal } from '../api/server.ts';

/** A message the person picked, as the client tells it: for the person's eyes only, the server reads it again itself. */
export interface PickedMessage {
  readonly id: string;
  readonly sender: string;
  /** Instant, ms; null when the client does not say. */
  readonly sentAt: number | null;
  readonly text: string;
  /** Whether it can be handed over. */
  readonly readable: boolean;
}

/** Why the client does not give what was asked for; the words for each are in `words.ts`. */
export type ClientRefusal =
  | 'outside'
  | 'no_messages'
  | 'old_client'
  | 'script'
  | 'refused'
  | 'not_for_you'
  | 'bad_domain'
  | 'expired'
  | 'client';

export interface Bridge {
  /** As the server's addresses name it. */
  readonly platform: string;
  /** The messages the page was opened for; at least one. Prepares the client where that is needed. */
  pickedMessages(): Promise<Answer<readonly PickedMessage[], ClientRefusal | ServerRefusal>>;
  /** A fresh one-time code that tells our server who this is. Ask when it is about to be used: it lives minutes. */
  signInCode(): Promise<Answer<string, ClientRefusal>>;
  /** Whether the client is there and lets a page close itself. */
  canClose(): boolean;
  close(): void;
}
