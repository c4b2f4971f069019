/** Orders that go out to a platform, what comes back, and how a delivery can fail. */
import type { Card } from './card.ts';

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
  | { readonly kind: 'text.send'; readonly key: string; readonly to: Address; readonly text: string }
  | { readonly kind: 'card.send'; readonly key: string; readonly to: Address; readonly card: Card }
  | {
      readonly kind: 'card.update';
      readonly key: string;
      readonly messageId: string;
      /** When the card was first sent, ms: platforms stop accepting updates after a while. */
      readonly sentAt: number;
      readonly card: Card;
    }
  /** Who is this person in this chat? For names that events do not carry. */
  | { readonly kind: 'person.lookup'; readonly key: string; readonly chatId: string; readonly personId: string }
  | { readonly kind: 'chat.lookup'; readonly key: string; readonly chatId: string };

export type OrderKind = Order['kind'];

export type Receipt =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'updated' }
  | { readonly kind: 'person'; readonly name: string | null }
  | { readonly kind: 'chat'; readonly name: string | null };

/**
 * A delivery that did not succeed.
 * - `retryable`: the platform may accept it later (5xx, time-out, connection refused): back off and count the attempt.
 * - `throttled`: the platform or our own limiter said "later"; `retryAfterMs` tells when; does not count as an attempt.
 * - `permanent`: it will never succeed (bot not in the group, person left): the row is dead and visible.
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
