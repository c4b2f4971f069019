/** At which levels of its ladder a stage's deals stand too long. Pure. */
import type { Policy } from '../../policy/schema/policy.ts';
import type { OverduePlace } from '../access/readable.ts';

/** Levels below the whole limit only remind; null where nothing is ever overdue. */
export function overdueLevel(policy: Policy, stageKey: string): number | null {
  const stage = policy.pipeline.stages.find(({ key }) => key === stageKey);
  if (!stage?.limit) return null;
  const ladder = stage.ladder ?? policy.alerts.ladder;
  const at = ladder.findIndex(({ percent }) => percent >= 100);
  return at < 0 ? null : at + 1;
}

/** Every level at which a stage's deals stand too long, the highest first; without a stage those of all stages. */
export function overduePlaces(policy: Policy, stageKey?: string): readonly OverduePlace[] {
  return policy.pipeline.stages.flatMap((stage) => {
    const lowest = stageKey === undefined || stage.key === stageKey ? overdueLevel(policy, stage.key) : null;
    if (lowest === null) return [];
    const highest = (stage.ladder ?? policy.alerts.ladder).length;
    return Array.from({ length: highest - lowest + 1 }, (_, n) => ({
      ...{ stage: stage.key, level: highest - n, after: null },
    }));
  });
}
