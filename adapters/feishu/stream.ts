/** The long-connection transport: the SDK's WSClient carries the frames, our intake decides, the ack follows the store. */
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog, ChannelState } from '../../src/channel/channel.ts';
import type { Intake } from './intake.ts';
import { isRecord } from './json.ts';
import type { FeishuSettings } from './settings.ts';
import { explainStreamFailure, type StreamProblem } from './stream-failure.ts';
import { createWsClient, type WsClient } from './ws-client.ts';

export interface Stream {
  /** Resolves once connected, or after `patienceMs`; keeps trying by itself. Never rejects. */
  start(patienceMs: number): Promise<void>;
  /** Waits for what is being handled, then closes. */
  stop(): Promise<void>;
  problem(): { readonly status: ChannelState['status']; readonly detail: string } | null;
}

/** How long the SDK may try by itself (its own first retry comes within 30 s) before a fresh client takes over. */
const supervisionMs = 45_000;
const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;
const drainMs = 2_500;

const connecting: StreamProblem = { status: 'connecting', detail: '正在与飞书建立长连接。' };
const reconnecting: StreamProblem = {
  status: 'degraded',
  detail: '与飞书的长连接断开了，正在重连；断开期间的消息飞书会补发。',
};

export function createStream(settings: FeishuSettings, agent: Agent, intake: Intake, log: ChannelLog): Stream {
  let client: WsClient | null = null;
  let problem: StreamProblem | null = connecting;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;
  let stopped = false;
  const handling = new Set<Promise<unknown>>();
  const firstReady = Promise.withResolvers<void>();

  /** The SDK acks 200 when this resolves and 500 when it throws; a result travels in the ack. */
  async function handle(data: unknown): Promise<object | undefined> {
    if (stopped) throw new Error('stopping');
    if (!isRecord(data)) throw new Error('envelope is not an object');
    try {
      const result = await intake(data);
      if (result.ok) return result.answer ?? undefined;
      log.warn({ refusal: result.reason }, 'feishu event refused');
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'feishu event could not be stored');
    }
    throw new Error('not accepted');
  }

  async function connect(): Promise<void> {
    const fresh = await createWsClient(settings, agent, log, {
      event: (data) => {
        const work = handle(data);
        handling.add(work);
        const ended = (): boolean => handling.delete(work);
        work.then(ended, ended);
        return work;
      },
      up,
      reconnecting: () => {
        problem = reconnecting;
        supervise();
      },
      gaveUp: (error) => startOver(explainStreamFailure(error)),
    });
    if (stopped) return;
    client = fresh;
    supervise();
    await fresh.start();
  }

  function open(): void {
    connect().catch((error: unknown) => startOver(explainStreamFailure(error instanceof Error ? error : new Error())));
  }

  function up(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    failures = 0;
    problem = null;
    firstReady.resolve();
    log.info({}, 'feishu long connection ready');
  }

  function supervise(): void {
    plan(supervisionMs, () =>
      startOver({ status: 'degraded', detail: '连不上飞书的长连接，正在继续尝试：请检查服务器的网络和代理。' }),
    );
  }

  /** Closes the client that gave up and makes a fresh one after a growing pause. */
  function startOver(why: StreamProblem): void {
    if (stopped) return;
    problem = why;
    client?.close(true);
    client = null;
    const waitMs = Math.min(firstWaitMs * 2 ** failures, longestWaitMs) * (0.75 + Math.random() / 2);
    failures += 1;
    log.warn({ status: why.status, retryInMs: Math.round(waitMs) }, 'feishu long connection starts over');
    plan(waitMs, open);
  }

  function plan(waitMs: number, run: () => void): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(run, waitMs);
  }

  return {
    async start(patienceMs) {
      open();
      await Promise.race([firstReady.promise, sleep(patienceMs, undefined, { ref: false })]);
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.race([Promise.allSettled(handling), sleep(drainMs, undefined, { ref: false })]);
      // The SDK writes the last acks in the turn after our handlers ended.
      await new Promise((resolve) => setImmediate(resolve));
      client?.close(false);
    },
    problem: () => problem,
  };
}
