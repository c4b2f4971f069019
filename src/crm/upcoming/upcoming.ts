/** What will be sent by the clock, and when, as things stand: nothing of it is promised, for whoever acts in time hears nothing. */
import type { AlertLevel } from '../../policy/schema/alerts.ts';
import { groupLabel } from '../ask/words/named-groups.ts';
import { DAY_MS } from '../calendar/spans.ts';
import { ladderOf } from '../clock/reckon.ts';
import { mayTellGroupAt, nextDay, tellableAt, worksOn } from '../notice/quiet-time.ts';
import { stageName } from '../opportunity/pipeline.ts';
import { pictureDueAt } from '../picture/send-picture.ts';
import type { StageClockRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';

export interface Upcoming {
  /** Not before this instant; quiet hours of the policy are in it, a colleague's own are not. */
  readonly at: number;
  readonly kind: 'alert' | 'task' | 'morning' | 'picture';
  /** Chinese. */
  readonly what: string;
  readonly to: string;
}

/** Further ahead nobody plans by it. */
const AHEAD_MS = 14 * DAY_MS;
/** Days off in a row. */
const MOST_DAYS = 60;

/** The next first, at most `limit`. */
export async function upcoming(tx: Tx, limit: number): Promise<readonly Upcoming[]> {
  const all = [
    ...(await alerts(tx, limit)),
    ...(await waiting(tx, limit)),
    ...(await tasks(tx, limit)),
    ...(await picture(tx)),
    ...morning(tx),
  ];
  return all.sort((a, b) => a.at - b.at).slice(0, limit);
}

/** Levels of the ladder that are still to come. */
async function alerts(tx: Tx, limit: number): Promise<Upcoming[]> {
  const clocks = await tx.queries.dueClocks(tx.now + AHEAD_MS, limit);
  const deals = new Map((await tx.queries.dealsByIds(idsOf(clocks, 'deal'))).map(({ id, name }) => [id, name]));
  const leads = new Map((await tx.queries.leadsByIds(idsOf(clocks, 'lead'))).map(({ id, name }) => [id, name]));
  return clocks.flatMap((clock): Upcoming[] => {
    const level = ladderOf(tx.active.policy, clock.stage)[clock.level];
    const name = deals.get(clock.id) ?? leads.get(clock.id);
    if (!level || name === undefined || clock.nextAt === null) return [];
    const stage = stageName(tx.active.policy.pipeline, clock.stage);
    const what = `${name}：在「${stage}」用了时限的 ${level.percent}%${ACTIONS[level.action]}`;
    return [{ at: mayTellGroupAt(tx.active, clock.nextAt), kind: 'alert', what, to: toWords(level) }];
  });
}

const ACTIONS: Readonly<Record<AlertLevel['action'], string>> = {
  none: '',
  high_risk: '，标为高风险',
  to_supervisor: '，转给主管',
};

const idsOf = (clocks: readonly StageClockRow[], subject: StageClockRow['subject']): string[] =>
  clocks.filter((clock) => clock.subject === subject).map(({ id }) => id);

function toWords({ to }: AlertLevel): string {
  const words = to.map((one) => {
    if (one.kind === 'owner') return '负责人';
    if (one.kind === 'supervisor') return '直接主管';
    if (one.kind === 'department_head') return '部门负责人';
    return one.kind === 'rank' ? one.rank : groupWords(one.key);
  });
  return words.length === 0 ? '不告诉谁' : words.join('、');
}

const groupWords = (key: string): string => (key === 'supervisors' ? groupLabel('supervisors') : key);

/** Alerts that wait for the end of quiet hours, by whom they are for. */
async function waiting(tx: Tx, limit: number): Promise<Upcoming[]> {
  const rows = await tx.alert.list({ state: 'waiting' }, { orderBy: 'showAt', limit });
  const names = await tx.queries.staffNames(rows.filter(({ toKind }) => toKind === 'staff').map(({ toId }) => toId));
  const byReader = Map.groupBy(rows, ({ toKind, toId, showAt }) => `${toKind} ${toId} ${showAt}`);
  return [...byReader.values()].flatMap((alike): Upcoming[] => {
    const [first] = alike;
    if (!first) return [];
    const to = first.toKind === 'group' ? groupWords(first.toId) : (names.get(first.toId) ?? '');
    return [{ at: first.showAt, kind: 'alert', what: `${alike.length} 条停留太久的提醒，合成一张卡片`, to }];
  });
}

async function tasks(tx: Tx, limit: number): Promise<Upcoming[]> {
  const rings = await tx.queries.dueRings(tx.now + AHEAD_MS, limit);
  const names = await tx.queries.staffNames(rings.map(({ ownerId }) => ownerId));
  const found: Upcoming[] = [];
  for (const { id, ringAt, ownerId } of rings) {
    const task = await tx.task.get(id);
    const at = tellableAt(tx.active, tx.active.policy.alerts.quiet, ringAt);
    if (task) found.push({ at, kind: 'task', what: `要做的事：${task.title}`, to: names.get(ownerId) ?? '' });
  }
  return found;
}

/** Today's, where it is still to come or late; else that of the next working day. */
async function picture(tx: Tx): Promise<Upcoming[]> {
  const { on, at: hour, group } = tx.active.policy.dailyPicture;
  if (!on || (await tx.namedGroup.get(group)) === null) return [];
  const at = (await pictureDueAt(tx)) ?? nextAtHour(tx, hour);
  return [
    {
      at: Math.max(at, tx.now),
      kind: 'picture',
      what: '每日简报：漏斗、新增、推进、停留太久、赢单输单',
      to: groupWords(group),
    },
  ];
}

function morning(tx: Tx): Upcoming[] {
  const hour = tx.active.policy.tasks.morning;
  if (hour === null) return [];
  const today = tx.active.calendar.atLocalTime(tx.now, hour);
  const at = today > tx.now && worksOn(tx.active, tx.now) ? today : nextAtHour(tx, hour);
  return [{ at, kind: 'morning', what: '今天跟进', to: '今天有事要做的每位同事' }];
}

/** That hour of the next working day after today. */
function nextAtHour({ active, now }: Tx, hour: string): number {
  let day = nextDay(active, now);
  for (let days = 0; days < MOST_DAYS && !worksOn(active, day); days += 1) day = nextDay(active, day);
  return active.calendar.atLocalTime(day, hour);
}
