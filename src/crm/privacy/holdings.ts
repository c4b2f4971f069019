/** Every table, once: whose data it holds, and what becomes of it when that person is erased. A test compares it with the database. */
import type { Holdings } from './holding.ts';
import { otherHoldings } from './other-holdings.ts';
import { peopleHoldings } from './people-holdings.ts';
import { wordHoldings } from './word-holdings.ts';

/** In the order in which an erasure goes through them. */
export const holdings: Holdings = { ...wordHoldings, ...otherHoldings, ...peopleHoldings };
