/** How an adapter comes by what it calls its platform with: bought by one instance at a time, held by all of them. */

export interface TokenHolder {
  /** The current token; concurrent callers share one request. Rejects with what `fetch` rejects with. */
  get(): Promise<string>;
  /** The platform has said that this token is not valid: it is not given out again, but one that came since is. */
  drop(token: string): void;
}

export interface TokenWish {
  /** Tells the tokens of one account apart; at most 40 characters. */
  readonly name: string;
  /** What the token is bought with: only who has it can read what other instances bought. */
  readonly secret: string;
  /** How long before its end a token that lives so long is renewed, ms. */
  readonly marginMs: (lifeMs: number) => number;
  /** Asks the platform for one. */
  readonly fetch: () => Promise<{ readonly token: string; readonly expiresInSeconds: number }>;
  /** For so long after this failure nobody asks again, and whoever wants a token gets the same failure, ms. */
  readonly restAfter: (error: unknown) => number;
}

export interface TokenVault {
  share(wish: TokenWish): TokenHolder;
  /** Closes what travels with a stored event and is nobody's business there: only who has the secret can open it. */
  box(secret: string): Box;
}

export interface Box {
  close(text: string): string;
  /** Null for what was not closed in a box of this account with this secret. */
  open(closed: string): string | null;
}
