/** One way in which production hurts: done to a running system, undone, and whether the health page told the truth meanwhile. */
import type { Arena } from '../arena.ts';

export type KnockKind =
  | 'kill'
  | 'database restarted'
  | 'database slow'
  | 'database hangs'
  | 'database half open'
  | 'node lost'
  | 'file locked'
  | 'disk full'
  | 'platform'
  | 'clock ahead'
  | 'clock back'
  | 'poison'
  | 'stream half open';

export interface Knock {
  readonly kind: KnockKind;
  /** Whether it can happen here. */
  fits(arena: Arena): boolean;
  /** Resolves when it is over, with what was done and what was wrong. */
  strike(arena: Arena): Promise<Struck>;
}

export interface Struck {
  readonly note: string;
  readonly faults: readonly (string | null)[];
}

/** A number between, by chance. */
export const between = ({ chance }: Pick<Arena, 'chance'>, low: number, high: number): number =>
  Math.round(low + chance() * (high - low));

/** One of several, by chance. */
export function oneOf<T>({ chance }: Pick<Arena, 'chance'>, all: readonly T[]): T {
  const one = all[Math.floor(chance() * all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}
