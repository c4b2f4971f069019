/** Repeatable chance: every id, nonce, IV and choice of the emulator comes from one seed. */
import { randomInt } from 'node:crypto';

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  int(below: number): number;
  hex(digits: number): string;
  bytes(count: number): Buffer;
  pick<T>(items: readonly T[]): T | undefined;
}

/** Creates a generator (mulberry32); without a seed it draws one, so that two emulators do not share ids. */
export function createRandom(seed: number = randomInt(2 ** 31)): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => int(256)));
  return {
    next,
    int,
    bytes,
    hex: (digits) =>
      bytes(Math.ceil(digits / 2))
        .toString('hex')
        .slice(0, digits),
    pick: (items) => items[int(items.length)],
  };
}
