/** The highest rate that holds: up in steps until one does not, then the last that did for as long as is promised. */
import type { Figures } from './figures.ts';
import type { Plan } from './plan.ts';

export type Run = (what: string, perSecond: number, seconds: number) => Promise<Figures>;

/** Null when not even the first step holds. */
export async function searchRate(
  { fixedPerSecond, factor, mostSteps, stepSeconds, seconds }: Plan,
  run: Run,
): Promise<Figures | null> {
  const held: number[] = [];
  for (let step = 0; step < mostSteps; step += 1) {
    const perSecond = Math.round(fixedPerSecond * factor ** (step + 1));
    const { faults } = await run('step', perSecond, stepSeconds);
    if (faults.length > 0) break;
    held.push(perSecond);
  }
  // What held for a few seconds may not hold for a minute.
  for (const perSecond of held.toReversed().slice(0, 2)) {
    const figures = await run('sustained', perSecond, seconds);
    if (figures.faults.length === 0) return figures;
  }
  return null;
}
