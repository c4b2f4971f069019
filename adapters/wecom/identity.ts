/** Whether the platform takes us for who we say we are: asked at the start until it does. */
import type { ChannelLog, ChannelState } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import { explainFailure, isPassing } from './errors.ts';

export interface Identity {
  /** Resolves when the first attempt has ended; keeps trying by itself. Never rejects. */
  start(): Promise<void>;
  stop(): void;
  problem(): Pick<ChannelState, 'status' | 'detail'> | null;
}

const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;

/** Wrong company, secret or address, or the app was stopped: nothing at all works. Other refusals concern the one call. */
const fatal = [40001, 40013, 40056, 48006, 50003, 60020];

/** `probe` is any call with our token. What needs an administrator is asked for rarely. */
export function createIdentity(probe: () => Promise<unknown>, log: ChannelLog): Identity {
  let problem: ReturnType<Identity['problem']> = { status: 'connecting', detail: '正在连接企业微信。' };
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function ask(): Promise<ReturnType<Identity['problem']>> {
    try {
      await probe();
      return null;
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
      if (failure.is(...fatal)) return { status: 'failed', detail: explainFailure(failure) };
      return isPassing(failure) ? { status: 'connecting', detail: explainFailure(failure) } : null;
    }
  }

  async function round(waitMs: number): Promise<void> {
    problem = await ask();
    if (problem === null || stopped) return;
    log.warn({ status: problem.status }, 'wecom does not take us yet');
    const pause = problem.status === 'failed' ? longestWaitMs : waitMs;
    timer = setTimeout(() => void round(Math.min(waitMs * 2, longestWaitMs)), pause).unref();
  }

  return {
    start: () => round(firstWaitMs),
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
    problem: () => problem,
  };
}
