/** What was asked for, or a word for why not. */
export type Answer<T, Reason extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Reason };
