/** How long something has stood and how long it may, as people say it. */
import type { Policy } from '../../policy/schema/policy.ts';
import { HOUR_MS } from '../calendar/spans.ts';
import type { Leave } from '../calendar/working-time.ts';
import { day } from '../card/faces/figures.ts';
import { leadStage, limitOf, workingDayMs } from '../clock/reckon.ts';
import type { AlertRow, StageClockRow } from '../rows/clock.ts';
import type { ActivePolicy, WorkCalendar } from '../tx.ts';

type Clock = Pick<StageClockRow, 'stage' | 'fromAt' | 'metAt' | 'extendedMs'>;

/** `4 个工作日`, below one day `6 个工作小时`; working ms, cut to what is over. Counted in hours, below two days. */
export function workingSpan(policy: Policy, ms: number, unit: 'hours' | 'days' = 'days'): string {
  const workday = workingDayMs(policy);
  if (ms >= (unit === 'days' ? workday : 2 * workday)) return `${Math.floor(ms / workday)} 个工作日`;
  return ms < HOUR_MS ? '不到 1 个工作小时' : `${Math.floor(ms / HOUR_MS)} 个工作小时`;
}

/** `已停留 4 个工作日，时限 3 个工作日`; without a limit only the first half. `leave`: the owner's. */
export function standingWords(
  { policy, working }: ActivePolicy,
  clock: Clock,
  now: number,
  leave: readonly Leave[],
): string {
  const limit = limitWords(policy, clock);
  const stood = workingSpan(policy, working.between(clock.fromAt, now, leave), limit?.unit);
  const extended = clock.extendedMs > 0 ? `，已延 ${workingSpan(policy, clock.extendedMs, limit?.unit)}` : '';
  return `已停留 ${stood}${limit ? `，时限 ${limit.text}${extended}` : ''}`;
}

/** `3 个商机`, `2 条线索`, or both. */
export function howMany(policy: Policy, alerts: readonly Pick<AlertRow, 'stage'>[]): string {
  const leads = alerts.filter(({ stage }) => stage === leadStage(policy)).length;
  const deals = alerts.length - leads;
  return [...(deals > 0 ? [`${deals} 个商机`] : []), ...(leads > 0 ? [`${leads} 条线索`] : [])].join('、');
}

/** What the stage allows, in the unit that the policy names; null where it names none. */
function limitWords(policy: Policy, { stage, metAt }: Clock): { text: string; unit: 'hours' | 'days' } | null {
  const limit = limitOf(policy, stage);
  if (!limit) return null;
  if (limit.from === 'quote_sent' && metAt === null)
    return { text: `${limit.beforeHours} 个工作小时（报价单还没发出）`, unit: 'hours' };
  return limit.days === undefined
    ? { text: `${limit.hours ?? 0} 个工作小时`, unit: 'hours' }
    : { text: `${limit.days} 个工作日`, unit: 'days' };
}

/** How much one extension by a card's button grants, working ms: the stage's own limit, at most what the policy allows at once. */
export function extensionMs(policy: Policy, stage: string): number {
  const limit = limitOf(policy, stage);
  const workday = workingDayMs(policy);
  const own = limit?.days === undefined ? (limit?.hours ?? 0) * HOUR_MS : limit.days * workday;
  return Math.min(own > 0 ? own : workday, policy.alerts.extend.maxDays * workday);
}

/** `15:00` today, else `11月24日 10:30`. */
export function moment(calendar: WorkCalendar, now: number, at: number): string {
  const minutes = Math.floor((at - calendar.startOfDay(at)) / 60_000);
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return calendar.localDate(at) === calendar.localDate(now) ? time : `${day(calendar, now, at)} ${time}`;
}
