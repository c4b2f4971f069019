/** What the desk asks of a platform; everything that is particular to one stays behind this. */
import type { Outcome } from './outcome.ts';
import type { Rows } from './rows.ts';
import type { ChatView, DealView, PersonView, PlatformKey, PlatformView } from './view.ts';

export interface DeskPlatform {
  readonly key: PlatformKey;
  /** Makes the chats look lived in: private chats that stand in the list, words from before. */
  furnish(): void;
  /** A customer whom nobody has added, in a chat that the CRM hears; resolves with the chat. */
  bringStranger(): Promise<string>;
  /**
   * What the client of this person opens beside this chat: an address for a browser; null where it opens nothing.
   * `link`: the address of a page of ours that was followed there instead; null for the page of the chat itself.
   */
  openPage(chatId: string, personId: string, link: string | null): string | null;
  /** Calls back on every change; returns a function that ends it. */
  subscribe(changed: () => void): () => void;
  /** Has whoever follows look again. */
  touch(): void;
  limit(on: boolean): void;
  see(rows: Rows, deals: readonly DealView[]): PlatformSight;
  hasChat(chatId: string): boolean;
  hasMessage(messageId: string): boolean;
  /** The bytes of a message of ours that is an image; null for any other. */
  picture(messageId: string): Buffer | null;
  say(words: Words): Outcome;
  tap(tap: CardTap): Promise<Outcome>;
  /** Commands about one of its chats. */
  readonly chatTools: Readonly<Record<string, (chatId: string) => Promise<Outcome>>>;
  /** Commands about the platform as a whole. */
  readonly tools: Readonly<Record<string, () => Promise<Outcome>>>;
}

export interface PlatformSight {
  readonly view: PlatformView;
  readonly people: readonly PersonView[];
  readonly chats: readonly ChatView[];
}

export interface Words {
  readonly chatId: string;
  readonly personId: string;
  readonly text: string;
  readonly toBot: boolean;
  /** How often the platform brings them. */
  readonly copies: number;
}

export interface CardTap {
  readonly personId: string;
  readonly messageId: string;
  /** What the control carries. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Chosen values by field. */
  readonly values: Readonly<Record<string, string>>;
}

export const SHOWN_MESSAGES = 150;
