/** What the desk itself remembers: how words were brought to us, and which tricks are on. */
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../platform/deliveries.ts';

export interface DeskState {
  readonly born: string;
  /** By message; null when the platform pushed nothing. */
  readonly deliveries: Map<string, Delivery | null>;
  /** Words from before the bot was there: scenery, nobody asks what became of them. */
  readonly scenery: Set<string>;
  /** Chats of customers whom nobody has added. */
  readonly strangers: string[];
  copies: boolean;
  limit: boolean;
}

export function createState(): DeskState {
  return { born: randomUUID(), deliveries: new Map(), scenery: new Set(), strangers: [], copies: false, limit: false };
}
