/** Questions about alerts that are more than equality on one table. */
import type { CardActionRow } from '../rows/cards.ts';
import type { AlertRow } from '../rows/clock.ts';
import type { MessageRow } from '../rows/words.ts';

/** A colleague by id, or a named group by key. */
export type Recipient = Pick<AlertRow, 'toKind' | 'toId'>;

export interface AlertQueries {
  /** Whose alerts' hour has come, those that have waited longest first. */
  alertRecipients(now: number, limit: number): Promise<Recipient[]>;
  /** Puts a recipient's alerts whose hour has come onto a card; returns how many nobody else had taken. */
  takeAlerts(to: Recipient, now: number, cardId: string): Promise<number>;
  /** A recipient's alerts whose hour has come wait until then. */
  postponeAlerts(to: Recipient, now: number, until: number): Promise<void>;
  /** Alert cards of its own that a colleague got since an instant. */
  alertCardsSince(staffId: string, since: number): Promise<number>;
  /** Buttons in one statement. */
  insertActions(rows: readonly Omit<CardActionRow, 'tenantId'>[]): Promise<void>;
  /** The newest kept message of a customer's own. */
  lastCustomerWords(customerId: string): Promise<MessageRow | null>;
}
