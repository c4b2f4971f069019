/** What speaking leaves behind: the message, and its way to the product. */
import type { Delivery } from '../platform/deliveries.ts';

export interface Said {
  readonly messageId: string;
  /** Null when the platform pushes nothing: an app hears no files, no records and no chats between people. */
  readonly delivery: Delivery | null;
}
