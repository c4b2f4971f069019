/** What an operator and a load balancer want to know at a glance. */
import type { Context } from 'koa';
import type { ChannelState } from '../../channel/channel.ts';
import type { DeadItem } from '../../work/queue.ts';

export interface QueueHealth {
  readonly ready: number;
  readonly dead: number;
  /** Age of the oldest unfinished item, ms; null when there is none. */
  readonly oldestAgeMs: number | null;
  /** The newest dead items: what failed, never what was said. */
  readonly deadItems: readonly DeadItem[];
}

export interface ChannelHealth extends ChannelState {
  readonly platform: string;
  readonly account: string;
  /** This month's metered calls, where the platform meters. */
  readonly usage?: readonly {
    readonly kind: string;
    readonly label: string;
    readonly used: number;
    readonly callsPerMonth: number;
  }[];
}

export interface Health {
  readonly status: 'ok' | 'attention';
  readonly version: string;
  /** This instance is about to stop. */
  readonly leaving?: true;
  readonly database: { readonly kind: string; readonly version: string; readonly ok: boolean };
  readonly channels: readonly ChannelHealth[];
  readonly inbox: QueueHealth | null;
  readonly outbox: QueueHealth | null;
  /** What to do next, in Chinese. */
  readonly advice: readonly string[];
}

/** 200 while the server can take messages, 503 when the database is away and when the server is about to stop. */
export function healthHandler(health: () => Promise<Health>): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const state = await health();
    ctx.status = state.database.ok && !state.leaving ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    // Programs read JSON, also those that say nothing; a person's browser names HTML first.
    ctx.body = ctx.accepts('json', 'html') === 'html' ? inWords(state) : state;
    if (typeof ctx.body === 'string') ctx.type = 'text/plain';
  };
}

const STATUS: Readonly<Record<ChannelState['status'], string>> = {
  ready: '已接通',
  connecting: '正在连接',
  degraded: '部分可用',
  failed: '没有接通',
  stopped: '已停止',
};

/** The same for a person, line by line. */
function inWords({ status, version, database, channels, inbox, outbox, advice }: Health): string {
  const queue = (name: string, state: QueueHealth | null) =>
    state === null ? `${name}：读不到` : `${name}：${state.ready} 条在处理，${state.dead} 条搁置`;
  const uses = (usage: ChannelHealth['usage']) =>
    (usage ?? []).map(({ label, used, callsPerMonth }) => `，${label}本月 ${used}/${callsPerMonth}`).join('');
  const lines = [
    `聊单 ${version} · ${status === 'ok' ? '一切正常' : '有事要处理'}`,
    ...advice.map((words) => `! ${words}`),
    '',
    `数据库：${database.ok ? '正常' : '没有回应'}（${database.kind} ${database.version}）`,
    ...channels.map(
      ({ platform, account, status: state, transport, usage }) =>
        `${platform} ${account}：${STATUS[state]}（${transport}）${uses(usage)}`,
    ),
    queue('收件', inbox),
    queue('发件', outbox),
  ];
  return `${lines.join('\n')}\n`;
}
