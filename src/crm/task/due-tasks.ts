/** What a colleague has to do by the end of today, and some time. */
import { DAY_MS } from '../calendar/spans.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { Tx } from '../tx.ts';
import { byDue } from './task-picture.ts';

export interface DueTasks {
  /** Overdue ones first, then today's, then those without a date. */
  readonly due: readonly TaskRow[];
  /** How many come on later days. */
  readonly later: number;
}

const MOST = 200;

export async function dueTasks(tx: Tx, staffId: string): Promise<DueTasks> {
  const open = await tx.task.list({ ownerId: staffId, doneAt: null }, { orderBy: 'dueAt', limit: MOST });
  const tomorrow = tx.active.calendar.startOfDay(tx.now) + DAY_MS;
  const due = open.filter(({ dueAt }) => dueAt === null || dueAt < tomorrow);
  return { due: due.sort(byDue), later: open.length - due.length };
}
