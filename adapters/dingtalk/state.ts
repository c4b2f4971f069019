/** How the channel says that it is: the worst of its parts. */
import type { ChannelState } from '../../src/channel/channel.ts';

export type Life = 'new' | 'started' | 'stopped';

export interface Problem {
  readonly status: 'connecting' | 'degraded' | 'failed';
  /** What is wrong and what to do, Chinese. */
  readonly detail: string;
}

/** Where messages come over HTTP the stream brings taps alone: without it, but with sound credentials, the rest works. */
export function tapsOnly(problem: Problem | null): Problem | null {
  if (problem === null || problem.status === 'failed') return problem;
  return { status: 'degraded', detail: `卡片上的按钮暂时点不了：${problem.detail}` };
}

/** The worst comes first; what is wrong in the same degree is all told. */
export function describeState(
  transport: 'stream' | 'webhook',
  life: Life,
  parts: readonly (Problem | null)[],
): ChannelState {
  if (life === 'stopped') return { status: 'stopped', transport, detail: null };
  const problems = parts.filter((problem) => problem !== null);
  for (const status of ['failed', 'connecting', 'degraded'] as const) {
    const details = problems.filter((problem) => problem.status === status).map(({ detail }) => detail);
    if (details.length > 0) return { status, transport, detail: [...new Set(details)].join('') };
  }
  return { status: 'ready', transport, detail: null };
}
