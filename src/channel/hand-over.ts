/** Messages that a colleague picked in the client, and what became of them. */

/** One platform takes one of the two. */
export type HandOverRequest = PickedIds | PickedWords;

/** Messages by id: the adapter re-reads them. */
export interface PickedIds {
  /** One-time sign-in code from the platform's webview. */
  readonly code: string;
  /** 1 to 20 platform message ids, all of one chat. */
  readonly messageIds: readonly string[];
}

/** Messages in the page's own words, where the platform reads out no message to a server. */
export interface PickedWords {
  readonly code: string;
  /** As the client names it; it proves nothing. */
  readonly chatId: string;
  /** 1 to 20. */
  readonly lines: readonly PickedLine[];
}

export interface PickedLine {
  readonly speakerName: string | null;
  /** 1 to 4,000 characters. */
  readonly text: string;
  /** ms; null when the client does not say. */
  readonly sentAt: number | null;
}

export type HandOverResult =
  | { readonly ok: true; readonly messages: number }
  | {
      readonly ok: false;
      /**
       * `bad_request`: not the kind of request this platform takes, or beyond its limits · `sign_in`: code unknown or
       * used · `not_found`: message gone or our bot cannot read it · `not_member` · `unavailable`: the platform did not answer.
       */
      readonly reason: 'bad_request' | 'sign_in' | 'not_found' | 'not_member' | 'unavailable';
    };
