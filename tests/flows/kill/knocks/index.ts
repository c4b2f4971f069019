/** All knocks, and which of them a run takes: each kind that fits once, then by chance, in an order by chance. */
import type { Arena } from '../arena.ts';
import { clockAhead, clockBack } from './clock.ts';
import { nodeLost } from './cluster.ts';
import { databaseHalfOpen, databaseHangs, databaseRestarted, databaseSlow } from './database.ts';
import { diskFull, fileLocked } from './file.ts';
import { kill } from './kill.ts';
import { type Knock, type KnockKind, oneOf } from './knock.ts';
import { platformTrouble, poison } from './platforms.ts';
import { streamHalfOpen } from './stream.ts';

export type { Knock, KnockKind } from './knock.ts';

const QUICK = [
  ...[kill, databaseRestarted, databaseSlow, databaseHangs, nodeLost, fileLocked, diskFull],
  ...[platformTrouble, clockAhead, clockBack, poison],
];
/** They take as long as the product needs to find out. */
const LENGTHY = [databaseHalfOpen, streamHalfOpen];

export function planKnocks(
  arena: Arena,
  rounds: number,
  { lengthy = false, without = [] }: { readonly lengthy?: boolean; readonly without?: readonly KnockKind[] },
): readonly Knock[] {
  const fitting = [...QUICK, ...(lengthy ? LENGTHY : [])].filter(
    (knock) => knock.fits(arena) && !without.includes(knock.kind),
  );
  const plan: Knock[] = [];
  while (plan.length < rounds) plan.push(...shuffled(arena, plan.length === 0 ? fitting : quickOf(fitting)));
  return plan.slice(0, rounds);
}

/** After each has happened once, what takes a minute happens seldom. */
function quickOf(fitting: readonly Knock[]): readonly Knock[] {
  return fitting.filter((knock) => QUICK.includes(knock));
}

function shuffled<T>(arena: Pick<Arena, 'chance'>, all: readonly T[]): T[] {
  const rest = [...all];
  const order: T[] = [];
  while (rest.length > 0) {
    const one = oneOf(arena, rest);
    order.push(one);
    rest.splice(rest.indexOf(one), 1);
  }
  return order;
}
