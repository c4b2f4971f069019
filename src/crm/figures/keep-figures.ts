/** Writes down what was counted: of everybody now; of the company and its departments for the day, until its picture goes. */
import type { JobRow } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { departmentsOf } from './departments.ts';
import { type Figures, NO_FIGURES, openOf, sumOf } from './figures.ts';

/** The company as a scope of figures. */
export const COMPANY = 'company';
const JOB = 'figures';

export async function keepFigures(tx: Tx, byOwner: ReadonlyMap<string, Figures>): Promise<void> {
  await keepOwners(tx, byOwner);
  const company = sumOf([...byOwner.values()]);
  // As they stood at the hour of the picture: next week's is compared with them.
  const today = await tx.dailyFigure.find({ day: tx.active.calendar.localDate(tx.now), scope: COMPANY });
  const hour = tx.active.calendar.atLocalTime(tx.now, tx.active.policy.dailyPicture.at);
  if (!today || today.countedAt < hour) await keepDay(tx, company, byOwner);
  await noteCount(tx, openOf(company).count);
}

async function keepOwners(tx: Tx, byOwner: ReadonlyMap<string, Figures>): Promise<void> {
  const known = new Map((await tx.ownerFigure.list({})).map((row) => [row.id, row.figures]));
  const countedAt = tx.now;
  for (const [id, figures] of byOwner) {
    const before = known.get(id);
    if (!before) await tx.ownerFigure.insertIfNew({ id, figures, countedAt });
    else if (!same(before, figures)) await tx.ownerFigure.update({ id }, { figures, countedAt });
  }
  for (const [id, before] of known)
    if (!byOwner.has(id) && !same(before, NO_FIGURES))
      await tx.ownerFigure.update({ id }, { figures: NO_FIGURES, countedAt });
}

const same = (a: Figures, b: Figures): boolean => JSON.stringify(a) === JSON.stringify(b);

async function keepDay(tx: Tx, company: Figures, byOwner: ReadonlyMap<string, Figures>): Promise<void> {
  const scopes: (readonly [string, Figures])[] = [[COMPANY, company]];
  for (const { id, members } of await departmentsOf(tx)) {
    const theirs = [...members].flatMap((owner) => byOwner.get(owner) ?? []);
    if (theirs.length > 0) scopes.push([id, sumOf(theirs)]);
  }
  const day = tx.active.calendar.localDate(tx.now);
  for (const [scope, figures] of scopes) {
    const row = { figures, countedAt: tx.now };
    if ((await tx.dailyFigure.update({ day, scope }, row)) === 0)
      await tx.dailyFigure.insertIfNew({ id: tx.newId(), day, scope, ...row });
  }
}

async function noteCount(tx: Tx, open: number): Promise<void> {
  const now = { status: 'done', done: open, note: null, startedAt: tx.now, finishedAt: tx.now } as const;
  if ((await tx.job.update({ name: JOB }, now)) === 0) await tx.job.insert({ id: tx.newId(), name: JOB, ...now });
}

/** When everything was counted last, and how many open deals there were; null: never. */
export async function lastCount(tx: Tx): Promise<Pick<JobRow, 'startedAt' | 'done'> | null> {
  return tx.job.find({ name: JOB });
}
