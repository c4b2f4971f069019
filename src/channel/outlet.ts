/** Where messages of an account go besides people and chats that it has heard, and how fast they may. */

/** So many messages at once, then one every so often; at most `burst` + span / `everyMs` in any span. */
export interface PaceRule {
  readonly burst: number;
  readonly everyMs: number;
}

export interface Outlet {
  /** As the settings call it. */
  readonly name: string;
  readonly chatId: string;
}
