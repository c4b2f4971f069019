/** Ids and instants of a past that lies two years back, in the order in which things were made. */
import { createIdGenerator } from '../../../src/ids.ts';

const PAST_MS = 730 * 86_400_000;

export interface Walk {
  /** The next thing that was made. */
  next(): { readonly id: string; readonly at: number };
}

/** A walk of so many steps from two years ago until now; what it is asked for beyond them is made now. */
export type Steps = (count: number) => Walk;

export function createSteps(now: number): Steps {
  return (count) => {
    let taken = 0;
    let at = now - PAST_MS;
    const newId = createIdGenerator(() => at);
    return {
      next() {
        at = Math.floor(now - PAST_MS + PAST_MS * Math.min(1, taken / count));
        taken += 1;
        return { id: newId(), at };
      },
    };
  };
}
