/** Keeps one connection of the stream alive: one attempt at a time, one timer, and a warm replacement at a goodbye. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog } from '../../../src/channel/channel.ts';
import type { Problem } from '../state.ts';
import type { Connection } from './client.ts';
import { OpenFailure } from './gateway.ts';
import { type Pace, pauseMs } from './pace.ts';
import { connecting, explainFailure, reconnecting } from './problems.ts';

export interface Supervisor {
  /** Resolves once the first attempt has ended, or after `patienceMs`; keeps trying by itself. Never rejects. */
  start(patienceMs: number): Promise<void>;
  /** No attempt follows; connections are kept until `close`, for the acks of what is being handled. */
  stop(): void;
  close(): void;
  problem(): Problem | null;
}

/** What a connection tells. */
export interface Line {
  /** The server will send nothing more here, but takes acks for some seconds. */
  leaving(): void;
  ended(): void;
}

export interface SupervisorParts {
  readonly pace: Pace;
  readonly log: ChannelLog;
  readonly open: (line: Line, signal: AbortSignal) => Promise<Connection>;
}

export function createSupervisor({ pace, log, open }: SupervisorParts): Supervisor {
  let life: 'new' | 'running' | 'stopped' = 'new';
  let current: Connection | null = null;
  let attempt: AbortController | null = null;
  let timer: NodeJS.Timeout | null = null;
  let problem: Problem | null = connecting;
  let failures = 0;
  let wasUp = false;
  const sockets = new Set<Connection>();
  const settled = Promise.withResolvers<void>();

  /** One attempt at most is under way, and none while a connection stands. */
  async function connect(): Promise<void> {
    if (life !== 'running' || attempt !== null || current !== null) return;
    attempt = new AbortController();
    let fresh: Connection | null = null;
    let over = false;
    let upSince = 0;

    /** This connection brings nothing any more: the next one follows, at once if it had lived for a while. */
    function part(ended: boolean): void {
      if (ended && fresh) sockets.delete(fresh);
      if (over) return;
      over = true;
      if (fresh === null || current !== fresh) return;
      current = null;
      if (life !== 'running') return;
      if (performance.now() - upSince >= pace.steadyMs) failures = 0;
      if (ended) problem = reconnecting;
      log.info({ goodbye: !ended }, 'dingtalk stream connection ended');
      if (failures === 0 && !ended) void connect();
      else plan(pauseMs(pace, failures));
      failures += 1;
    }

    function leaving(): void {
      part(false);
      const left = fresh;
      if (left)
        void sleep(pace.retiredForMs, undefined, { ref: false }).then(() => sockets.has(left) && left.terminate());
    }

    try {
      fresh = await open({ leaving, ended: () => part(true) }, attempt.signal);
      attempt = null;
      if (over) {
        fresh.close();
        return fail(new OpenFailure('unreachable', 'ended at once'));
      }
      sockets.add(fresh);
      if (life !== 'running') return fresh.close();
      current = fresh;
      upSince = performance.now();
      problem = null;
      wasUp = true;
      log.info({}, 'dingtalk stream connected');
      settled.resolve();
    } catch (error) {
      attempt = null;
      fail(error);
    }
  }

  function fail(error: unknown): void {
    if (life !== 'running') return;
    const refused = error instanceof OpenFailure && error.kind === 'refused';
    const waitMs = refused ? pace.refusedPauseMs : pauseMs(pace, failures);
    failures += 1;
    problem = explainFailure(error, failures, wasUp);
    log.warn(
      { why: error instanceof OpenFailure ? error.message : 'unknown', retryInMs: Math.round(waitMs) },
      'dingtalk stream could not be connected',
    );
    settled.resolve();
    plan(waitMs);
  }

  function plan(waitMs: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void connect(), waitMs);
  }

  return {
    async start(patienceMs) {
      life = 'running';
      void connect();
      await Promise.race([settled.promise, sleep(patienceMs, undefined, { ref: false })]);
    },
    stop() {
      life = 'stopped';
      if (timer !== null) clearTimeout(timer);
      attempt?.abort();
    },
    close() {
      for (const socket of sockets) socket.close();
    },
    problem: () => problem,
  };
}
