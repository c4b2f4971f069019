// Words as a customer is asked for by them, taken apart once for as many books as they are looked up in.
import { type Ear, earFor } from './sounds.ts';
import { type SplitName, splitName } from './split-name.ts';

export interface Asked {
  readonly split: SplitName;
  /** Place, core and trade, written together. */
  readonly words: string;
  /** The same without its place. */
  readonly body: string;
  /** What listens for them; made when first needed. */
  readonly ears: () => { readonly ear: Ear; readonly bodyEar: Ear };
}

export function takenApart(asked: string | Asked): Asked {
  if (typeof asked !== 'string') return asked;
  const split = splitName(asked);
  const body = split.core + split.trade;
  const words = split.places.join('') + body;
  let ears: ReturnType<Asked['ears']> | null = null;
  return {
    ...{ split, words, body },
    ears() {
      if (ears === null) {
        const ear = earFor(words);
        ears = { ear, bodyEar: body === words ? ear : earFor(body) };
      }
      return ears;
    },
  };
}
