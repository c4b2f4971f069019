/** Puts together the health page from what the parts say of themselves. */
import type { Channel } from './channel/channel.ts';
import { MINUTE_MS } from './crm/calendar/spans.ts';
import { whatFollows } from './crm/staff/warn-usage.ts';
import type { Health, QueueHealth } from './http/routes/health.ts';
import { levelOf, type UsageView } from './usage.ts';
import { version } from './version.ts';
import { within } from './within.ts';
import type { WorkQueue } from './work/queue.ts';
import type { Obstacle } from './work/store.ts';

const SHOWN_DEAD = 20;
/** A load balancer asks every few seconds and must not wait for a database that hangs. */
const PATIENCE_MS = 3_000;
/** Words are worked off in milliseconds; orders may wait for a platform's limits and for its troubles. */
const LATE_INBOX_MS = MINUTE_MS;
const LATE_OUTBOX_MS = 15 * MINUTE_MS;

export interface HealthSources<Session> {
  readonly database: {
    readonly kind: string;
    readonly serverVersion: string;
    readonly inbox: WorkQueue<Session>;
    readonly outbox: WorkQueue<Session>;
    /** Null when a row could be written just now. */
    readonly probe: () => Promise<Obstacle | null>;
    /** ms, negative when this machine's clock is behind the database's; 0 within 5 s. */
    readonly clockAhead: () => number;
  };
  readonly channels: readonly { readonly channel: Channel; readonly usage: readonly UsageView[] }[];
  /** What parts that keep their state in rows have to say, Chinese. */
  readonly advice?: () => Promise<readonly string[]>;
  /** Whether this instance is about to stop. */
  readonly leaving?: () => boolean;
  readonly now: () => number;
}

export async function readHealth<Session>({
  database,
  channels,
  advice: ask,
  leaving,
  now,
}: HealthSources<Session>): Promise<Health> {
  const [queues, writing] = await Promise.all([
    within(PATIENCE_MS, Promise.all([readQueue(database.inbox, now()), readQueue(database.outbox, now())])),
    within(
      PATIENCE_MS,
      database.probe().then((obstacle) => ({ obstacle })),
    ),
  ]);
  const states = channels.map(({ channel, usage }) => ({
    platform: channel.platform,
    account: channel.appKey,
    ...channel.state(),
    ...(usage.length === 0
      ? {}
      : { usage: usage.map(({ kind, label, callsPerMonth, used }) => ({ kind, label, callsPerMonth, used })) }),
  }));
  const advice = states.flatMap((state) => (state.detail === null ? [] : [`${state.platform}：${state.detail}`]));
  const stored = (queues && ask && (await within(PATIENCE_MS, ask()))) ?? [];
  // A channel may know of the same refusal already.
  advice.push(...stored.filter((words) => !states.some(({ detail }) => detail !== null && words.includes(detail))));
  for (const { channel, usage } of channels) advice.push(...usage.flatMap((view) => scarcity(channel.platform, view)));
  if (states.length === 0)
    advice.push(
      '还没有接入任何平台。请打开设置页填写飞书、企业微信或钉钉应用（网址和一次性代码在启动日志里，或运行 npm run crm -- setup），也可以按 .env.example 填写后重启；想先看效果，运行 npm run demo。',
    );
  if (queues === null) advice.push('数据库没有回应，请检查数据库是否在运行。');
  else if (writing?.obstacle !== null) advice.push(unwritable(database.kind, writing?.obstacle ?? null));
  advice.push(...clockAdvice(database.clockAhead()));
  const [inbox, outbox] = queues ?? [null, null];
  advice.push(...lateness('收件', inbox, LATE_INBOX_MS), ...lateness('发件', outbox, LATE_OUTBOX_MS));
  if ((inbox?.dead ?? 0) + (outbox?.dead ?? 0) > 0)
    advice.push('有处理失败的条目：用 npm run crm -- dead list 查看，修好后用 npm run crm -- dead retry 重新处理。');
  const ends = leaving?.() === true;
  if (ends) advice.push('这个进程正在停止，请求请交给其他进程。');
  return {
    status: advice.length === 0 ? 'ok' : 'attention',
    version,
    ...(ends && { leaving: true as const }),
    database: {
      kind: database.kind,
      version: database.serverVersion,
      ok: queues !== null && writing?.obstacle === null,
    },
    channels: states,
    inbox,
    outbox,
    advice,
  };
}

/** `obstacle` null: the writing takes longer than anybody waits. */
function unwritable(kind: string, obstacle: Obstacle | null): string {
  const resent = '写不进去的消息没有回执，平台会补发；恢复以后不用重启。';
  if (obstacle?.kind === 'full') return `数据库写不进去：磁盘满了，请腾出磁盘空间。${resent}`;
  if (kind === 'sqlite' && (obstacle === null || obstacle.kind === 'locked'))
    return `数据库写不进去：数据库文件被另一个程序占着（备份、命令行工具），或磁盘太慢。${resent}`;
  if (obstacle === null) return `数据库写不进去：${PATIENCE_MS / 1_000} 秒没有写完，请检查数据库的负载和锁。${resent}`;
  return `数据库写不进去（${obstacle.code}）：请检查数据库是否只读、空间和权限。${resent}`;
}

function clockAdvice(aheadMs: number): string[] {
  if (aheadMs === 0) return [];
  const apart = `服务器时钟与数据库相差 ${Math.round(Math.abs(aheadMs) / 1_000)} 秒（服务器${aheadMs > 0 ? '快' : '慢'}）`;
  return [`${apart}，提醒会不准时，消息可能重复发送：请给服务器和数据库校时（NTP）。`];
}

function lateness(name: string, queue: QueueHealth | null, limitMs: number): string[] {
  const age = queue?.oldestAgeMs ?? 0;
  return age > limitMs
    ? [`${name}有积压：最早的一条已等了 ${Math.floor(age / MINUTE_MS)} 分钟，请查看日志里的原因。`]
    : [];
}

function scarcity(platform: string, view: UsageView): string[] {
  const level = levelOf(view);
  if (level === null) return [];
  const facts = `${platform}：${view.label}本月已用 ${view.used} 次，超过 ${view.callsPerMonth} 次的 ${level}%`;
  return [`${facts}。${whatFollows(level, view.paysForCards)}`];
}

async function readQueue<Session>(queue: WorkQueue<Session>, now: number): Promise<QueueHealth> {
  const { ready, dead, oldestQueuedAt } = await queue.backlog(now);
  return {
    ready,
    dead,
    oldestAgeMs: oldestQueuedAt === null ? null : Math.max(0, now - oldestQueuedAt),
    deadItems: dead === 0 ? [] : await queue.dead(SHOWN_DEAD),
  };
}
