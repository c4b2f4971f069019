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
  readonly database: { readonly kind: string; readonly version: string; readonly ok: boolean };
  readonly channels: readonly ChannelHealth[];
  readonly inbox: QueueHealth | null;
  readonly outbox: QueueHealth | null;
  /** What to do next, in Chinese. */
  readonly advice: readonly string[];
}

/** 200 while the server can take messages, 503 when the database is away. */
export function healthHandler(health: () => Promise<Health>): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const state = await health();
    ctx.status = state.database.ok ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = state;
  };
}
