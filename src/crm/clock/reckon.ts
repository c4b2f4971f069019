/** What a stage's limit means in time: how much may pass, and when each level of the ladder is due. Pure. */
import type { AlertLevel, StageLimit } from '../../policy/schema/alerts.ts';
import type { Policy } from '../../policy/schema/policy.ts';
import { clockMs } from '../calendar/local-time.ts';
import { HOUR_MS } from '../calendar/spans.ts';
import type { Leave } from '../calendar/working-time.ts';
import type { LeaveTimeRow, StageClockRow } from '../rows/clock.ts';
import type { ActivePolicy } from '../tx.ts';

/** What of a clock decides when its levels are due. */
export type Running = Pick<StageClockRow, 'stage' | 'fromAt' | 'metAt' | 'level' | 'heldUntil' | 'extendedMs'>;

const stageOf = ({ pipeline }: Policy, key: string) => pipeline.stages.find((stage) => stage.key === key);

/** Null where the policy sets no limit, or no longer knows the stage. */
export const limitOf = (policy: Policy, stage: string): StageLimit | null => stageOf(policy, stage)?.limit ?? null;

export const ladderOf = (policy: Policy, stage: string): readonly AlertLevel[] =>
  stageOf(policy, stage)?.ladder ?? policy.alerts.ladder;

/** The stage in which leads are: the one before deals begin; empty where deals begin with the first. */
export function leadStage({ pipeline }: Policy): string {
  const first = pipeline.stages[0]?.key ?? '';
  return first === pipeline.convertedLeadStage ? '' : first;
}

/** One working day of the company, ms: the hours of an ordinary one, so that a short Saturday is a part of a day. */
export const workingDayMs = ({ calendar }: Policy): number =>
  calendar.hours.reduce((sum, { from, to }) => sum + clockMs(to) - clockMs(from), 0);

/** Working ms that may pass; null where nothing is counted: no limit, or the customer has been answered. */
export function allowedMs(policy: Policy, { stage, metAt }: Pick<Running, 'stage' | 'metAt'>): number | null {
  const limit = limitOf(policy, stage);
  if (!limit || (limit.until === 'answered' && metAt !== null)) return null;
  if (limit.from === 'quote_sent' && metAt === null) return Math.round(limit.beforeHours * HOUR_MS);
  return Math.round(limit.hours === undefined ? (limit.days ?? 0) * workingDayMs(policy) : limit.hours * HOUR_MS);
}

/** When so many per cent of the limit are used up, ms; what was granted counts on top. Null where nothing is counted. */
export function usedUpAt(
  { policy, working }: ActivePolicy,
  clock: Omit<Running, 'level' | 'heldUntil'>,
  percent: number,
  leave: readonly Leave[],
): number | null {
  const allowed = allowedMs(policy, clock);
  if (allowed === null) return null;
  return working.after(clock.fromAt, Math.round((allowed * percent) / 100) + clock.extendedMs, leave);
}

/** When the next level is to be told: once it is due, and nobody is at it. Null when there is none. */
export function nextAt(active: ActivePolicy, clock: Running, leave: readonly Leave[]): number | null {
  const level = ladderOf(active.policy, clock.stage)[clock.level];
  const due = level ? usedUpAt(active, clock, level.percent, leave) : null;
  return due === null ? null : Math.max(due, clock.heldUntil ?? 0);
}

/** Time away, as working time takes it. */
export const asLeave = ({ fromAt, untilAt }: Pick<LeaveTimeRow, 'fromAt' | 'untilAt'>): Leave => ({
  from: fromAt,
  to: untilAt,
});
