/** Keeps the bot connected: one connection among all our instances, a fresh one after each end, and no fight over it. */
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';
import { type Pace, pauseMs } from './pace.ts';
import { type BotProblem, connecting, explainDown, isFinal } from './problems.ts';
import type { BotSocket, Down, SocketEvents } from './socket.ts';
import { createTurn } from './turn.ts';

export interface Supervisor {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The connection while it is subscribed. */
  socket(): BotSocket | null;
  problem(): BotProblem | null;
}

export interface SupervisorParts {
  readonly inbound: Pick<Inbound, 'takeTurn'>;
  readonly log: ChannelLog;
  readonly pace: Pace;
  readonly open: (on: SocketEvents) => Promise<BotSocket>;
  readonly message: SocketEvents['message'];
  readonly event: SocketEvents['event'];
  /** What the old connection's request ids were good for is over. */
  readonly ended: () => void;
}

const startPatienceMs = 4_000;

/**
 * The platform closes the older of two connections of a bot, so two processes that both connect again at once would
 * fight for ever. Among our own instances the turn decides. Against anything else we stand aside, longer each time.
 */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { pace, log } = parts;
  const turn = createTurn(parts.inbound, pace.leaseMs, log);
  let life: 'new' | 'running' | 'stopped' = 'new';
  let opening: BotSocket | 'asked' | null = null;
  let ready: BotSocket | null = null;
  let problem: BotProblem | null = connecting;
  let retryAt = 0;
  let upSince = 0;
  let failures = 0;
  let standAsides = 0;
  let hopeless = false;
  let timer: NodeJS.Timeout | null = null;
  const settled = Promise.withResolvers<void>();

  async function look(): Promise<void> {
    if (life !== 'running' || hopeless) return;
    const ours = await turn.ours();
    if (life !== 'running') return;
    const waitMs = retryAt - performance.now();
    if (!ours) release();
    else if (opening === null && waitMs <= 0) await connect();
    if (!ours) return plan(pace.standByMs);
    plan(Math.max(1, opening === null ? Math.min(waitMs, pace.renewMs) : pace.renewMs));
  }

  function plan(waitMs: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = life === 'running' ? setTimeout(look, waitMs) : null;
  }

  /** Another instance has the turn: the bot works there, and nothing is wrong here. */
  function release(): void {
    if (opening !== null) drop();
    problem = null;
    settled.resolve();
  }

  function drop(): void {
    if (opening !== null && opening !== 'asked') opening.close();
    opening = null;
    if (ready !== null) parts.ended();
    ready = null;
  }

  async function connect(): Promise<void> {
    opening = 'asked';
    let fresh: BotSocket | null = null;
    let ended = false;
    const mine = (): boolean => !ended && fresh !== null && opening === fresh;
    try {
      fresh = await parts.open({
        message: (reqId, body) => mine() && parts.message(reqId, body),
        event: (reqId, body) => mine() && parts.event(reqId, body),
        up: () => mine() && up(fresh as BotSocket),
        down: (why) => {
          ended = true;
          down(why);
        },
      });
      if (ended) return;
      // Meanwhile the turn may have gone, or everything may have been stopped.
      if (life === 'running' && opening === 'asked') opening = fresh;
      else fresh.close();
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom bot could not be connected');
      if (!ended) down({ kind: 'lost' });
    }
  }

  function up(socket: BotSocket): void {
    ready = socket;
    upSince = performance.now();
    problem = null;
    settled.resolve();
    log.info({}, 'wecom bot connected');
  }

  function down(why: Down): void {
    const steady = ready !== null && performance.now() - upSince >= pace.steadyMs;
    opening = null;
    if (ready !== null) parts.ended();
    ready = null;
    if (life !== 'running') return;
    if (steady) failures = 0;
    if (steady) standAsides = 0;
    const aside = why.kind === 'taken_over';
    const wait = aside
      ? pauseMs(pace.firstStandAsideMs, pace.longestStandAsideMs, standAsides++)
      : pauseMs(pace.firstPauseMs, pace.longestPauseMs, failures++);
    problem = explainDown(why, failures);
    settled.resolve();
    hopeless = isFinal(why);
    log.warn(
      { why: why.kind, code: why.kind === 'refused' ? why.code : null, retryInMs: hopeless ? null : Math.round(wait) },
      'wecom bot connection ended',
    );
    if (hopeless) void turn.giveBack();
    retryAt = performance.now() + wait;
    if (!hopeless) plan(Math.min(wait, pace.renewMs));
  }

  return {
    async start() {
      life = 'running';
      await look();
      const patience = setTimeout(settled.resolve, startPatienceMs);
      await settled.promise;
      clearTimeout(patience);
    },
    async stop() {
      life = 'stopped';
      if (timer !== null) clearTimeout(timer);
      drop();
      await turn.giveBack();
    },
    socket: () => ready,
    problem: () => problem,
  };
}
