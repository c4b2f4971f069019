// What one may ask of the customers' names.
import type { Asked } from './asked.ts';

/** A customer as the asker may know it. */
export interface KnownName {
  readonly id: string;
  readonly name: string;
}

/** A place in a text that names customers; `from` and `to` are indexes in the text as it was given. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  readonly names: readonly KnownName[];
}

/** The customers by name. */
export interface NameBook {
  /** Best first; several only when they cannot be told apart; [] when none is near. */
  find(words: string | Asked): readonly KnownName[];
  /** As find, without guesses by sound or slip: the words are how the customer is written or a part of it. */
  named(words: string | Asked): readonly KnownName[];
  /** Names mentioned inside a longer text, with the span they cover. */
  mentions(text: string): readonly Mention[];
}
