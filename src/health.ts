/** Puts together the health page from what the parts say of themselves. */
import { readFileSync } from 'node:fs';
import type { Channel } from './channel/channel.ts';
import type { Health, QueueHealth } from './http/routes/health.ts';
import type { WorkQueue } from './work/queue.ts';

const SHOWN_DEAD = 20;

export interface HealthSources<Session> {
  readonly database: {
    readonly kind: string;
    readonly serverVersion: string;
    readonly inbox: WorkQueue<Session>;
    readonly outbox: WorkQueue<Session>;
  };
  readonly channels: readonly Channel[];
  readonly now: () => number;
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export async function readHealth<Session>({ database, channels, now }: HealthSources<Session>): Promise<Health> {
  const queues = await Promise.all([readQueue(database.inbox, now()), readQueue(database.outbox, now())]).catch(
    () => null,
  );
  const states = channels.map((channel) => ({
    platform: channel.platform,
    account: channel.appKey,
    ...channel.state(),
  }));
  const advice = states.flatMap((state) => (state.detail === null ? [] : [`${state.platform}：${state.detail}`]));
  if (states.length === 0)
    advice.push('还没有接入任何平台。请按 .env.example 填写飞书或企业微信应用的变量后重启；想先看效果，运行 npm run demo。');
  if (queues === null) advice.push('数据库没有回应，请检查数据库是否在运行。');
  const [inbox, outbox] = queues ?? [null, null];
  if ((inbox?.dead ?? 0) + (outbox?.dead ?? 0) > 0)
    advice.push('有处理失败的条目：用 npm run crm -- dead list 查看，修好后用 npm run crm -- dead retry 重新处理。');
  return {
    status: advice.length === 0 ? 'ok' : 'attention',
    version,
    database: { kind: database.kind, version: database.serverVersion, ok: queues !== null },
    channels: states,
    inbox,
    outbox,
    advice,
  };
}

async function readQueue<Session>(queue: WorkQueue<Session>, now: number): Promise<QueueHealth> {
  const { ready, dead, oldestQueuedAt } = await queue.backlog();
  return {
    ready,
    dead,
    oldestAgeMs: oldestQueuedAt === null ? null : now - oldestQueuedAt,
    deadItems: dead === 0 ? [] : await queue.dead(SHOWN_DEAD),
  };
}
