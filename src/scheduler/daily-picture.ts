/** Every minute: the pipeline is counted where that is due, and the picture of the day goes to its group when its hour has come. */
import { MINUTE_MS } from '../crm/calendar/spans.ts';
import { lastCount } from '../crm/figures/keep-figures.ts';
import { pictureDueAt, sendPicture } from '../crm/picture/send-picture.ts';
import { type CountDependencies, countFigures } from './count-figures.ts';
import type { Job } from './schedule.ts';

/** A company of some size is counted less often: 300,000 open deals take a third of a second. */
const LARGE = 20_000;
const LARGE_MS = 5 * MINUTE_MS;

export function dailyPictureJob(deps: CountDependencies): Job {
  const run = async (): Promise<void> => {
    await tellTheDay(deps);
  };
  return { name: 'daily-picture', at: '* * * * *', alsoAtStart: true, run };
}

/**
 * A question about now: after the hour of a working day, and not yet sent. A start later that day still sends, once;
 * a day that is over is not told any more. Two instances at the same moment send one. Returns whether it went.
 */
export async function tellTheDay(deps: CountDependencies): Promise<boolean> {
  const { tenantId, look, transact } = deps;
  const { due, counted } = await look(tenantId, async (tx) => {
    const last = await lastCount(tx);
    const at = await pictureDueAt(tx);
    // A clock that was set back has counted in the future.
    const age = last ? Math.abs(tx.now - last.startedAt) : Number.POSITIVE_INFINITY;
    return { due: at !== null && tx.now >= at, counted: age < (last && last.done > LARGE ? LARGE_MS : MINUTE_MS / 2) };
  });
  if (due || !counted) await countFigures(deps);
  return due && transact(tenantId, sendPicture);
}
