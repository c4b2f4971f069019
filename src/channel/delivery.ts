/** Orders that go out to a platform, what comes back, and how a delivery can fail. */
import type { Card, CardLink } from './card.ts';

/** Where something goes: to a person (by the platform's id for them) or into a chat. */
export interface Address {
  readonly kind: 'person' | 'chat';
  readonly id: string;
}

/**
 * One order to a platform. `key` is stable over retries: adapters hand it to the platform's own idempotency
 * field where one exists, so that a crash between sending and settling does not double the message.
 */
export type Order =
  | {
      readonly kind: 'text.send';
      readonly key: string;
      readonly to: Address;
      readonly text: string;
      /** Pages of ours, written below the text. */
      readonly links?: readonly CardLink[];
    }
  | {
      readonly kind: 'card.send';
      readonly key: string;
      readonly to: Address;
      readonly card: Card;
      /** The code of the DeliveryError that the attempt before ended with, by whichever instance; absent: none did. */
      readonly failedWith?: string;
    }
  /** An image for a chat: whoever sends it has said the same in words, so one that cannot go is left out. */
  | { readonly kind: 'picture.send'; readonly key: string; readonly to: Address; readonly png: Buffer }
  | {
      readonly kind: 'card.update';
      readonly key: string;
      readonly messageId: string;
      /** When the card was first sent, ms: platforms stop accepting updates after a while. */
      readonly sentAt: number;
      /** What `sent` gave for it; null when the platform needs none or it has been used. */
      readonly updateHandle: string | null;
      /** To whom the card was sent. */
      readonly to: Address;
      readonly card: Card;
    }
  /** Who is this person in this chat? For names that events do not carry. */
  | { readonly kind: 'person.lookup'; readonly key: string; readonly chatId: string; readonly personId: string }
  | { readonly kind: 'chat.lookup'; readonly key: string; readonly chatId: string }
  /** What does this colleague's address book say about this outsider? */
  | { readonly kind: 'contact.lookup'; readonly key: string; readonly staffId: string; readonly personId: string }
  /** The one greeting that a new contact may get. */
  | { readonly kind: 'welcome.send'; readonly key: string; readonly welcomeCode: string; readonly text: string }
  /**
   * Brings a to-do of the platform's own to this state: `open` makes it, once per `sourceId`; `gone` takes it away.
   * `todoId`: what the platform called it; null while it is not made.
   */
  | {
      readonly kind: 'todo.put';
      readonly key: string;
      readonly to: Address;
      readonly sourceId: string;
      readonly todoId: string | null;
      readonly state: 'open' | 'done' | 'gone';
      readonly title: string;
      /** The customer and the deal; empty for neither. */
      readonly about: string;
      readonly dueAt: number | null;
      readonly page: CardLink;
    }
  /** Gives a waiting service session to the first of these colleagues who can take it, else to the platform's pool. */
  | {
      readonly kind: 'session.assign';
      readonly key: string;
      readonly chatId: string;
      readonly staffIds: readonly string[];
    };

export type Receipt =
  /** `updateHandle`: what a later update of this card must show, where the platform wants it. */
  | { readonly kind: 'sent'; readonly messageId: string; readonly updateHandle: string | null }
  | { readonly kind: 'updated' }
  | { readonly kind: 'person'; readonly name: string | null }
  | { readonly kind: 'chat'; readonly name: string | null }
  | { readonly kind: 'contact'; readonly contact: ContactFacts | null }
  /** `staffId`: who took the session; null when nobody did: it is `waiting` in the platform's pool, or over. */
  | { readonly kind: 'assigned'; readonly staffId: string | null; readonly waiting?: true }
  /** Null once it is gone. */
  | { readonly kind: 'todo'; readonly todoId: string | null }
  | { readonly kind: 'done' };

/** An outsider as a colleague's address book has them. */
export interface ContactFacts {
  readonly personId: string;
  /** The colleague whose contact they are. */
  readonly staffId: string;
  readonly name: string;
  /** Their company, as the platform or the colleague's note says. */
  readonly company: string | null;
  readonly remark: string | null;
  readonly phones: readonly string[];
  readonly tags: readonly string[];
  readonly addedAt: number | null;
}

/** A group of colleagues with outsiders, as the platform lists it. */
export interface GroupFacts {
  readonly chatId: string;
  readonly name: string | null;
  /** The colleague it belongs to, when the platform says so. */
  readonly ownerId: string | null;
}

/**
 * A delivery that did not succeed.
 * - `retryable`: the platform may accept it later (5xx, time-out, connection refused): back off and count the attempt.
 * - `throttled`: the platform or our own limiter said "later"; `retryAfterMs` tells when; does not count as an attempt.
 * - `permanent`: it will never succeed (bot not in the group, person left): the row is dead and visible.
 * An update that the platform no longer takes (its window closed, its handle used) is permanent with the code
 * `update_window_closed`: the core then says in words how the matter ended.
 * `code` is the platform's error code; `message` is safe for logs and the health page: no secret, no message text.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly outcome: 'retryable' | 'throttled' | 'permanent';
  readonly code: string;
  readonly retryAfterMs: number | null;

  constructor(outcome: DeliveryError['outcome'], code: string, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.outcome = outcome;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
