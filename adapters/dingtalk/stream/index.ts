/** The stream of this channel: frames in, acks out, over a connection that is kept alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog } from '../../../src/channel/channel.ts';
import type { Agents } from '../agents.ts';
import type { Intake } from '../intake.ts';
import type { DingtalkSettings } from '../settings.ts';
import type { Problem } from '../state.ts';
import type { Send } from './client.ts';
import { cardTopic, createDispatch, robotTopic } from './dispatch.ts';
import { readFrame, writeAck } from './frames.ts';
import type { Subscription } from './gateway.ts';
import { type Pace, usualPace } from './pace.ts';
import { createSupervisor, type Line } from './supervisor.ts';

export type { Pace } from './pace.ts';

export interface Stream {
  /** Resolves once connected or refused, or after `patienceMs`; keeps trying by itself. Never rejects. */
  start(patienceMs: number): Promise<void>;
  /** Waits a little for what is being handled, then closes. */
  stop(): Promise<void>;
  problem(): Problem | null;
}

export interface StreamParts {
  readonly settings: Pick<DingtalkSettings, 'clientId' | 'clientSecret' | 'apiBase' | 'mode'>;
  readonly agents: Agents;
  readonly intake: Intake;
  readonly now: () => number;
  readonly log: ChannelLog;
  readonly pace?: Pace;
}

/**
 * Where events and messages come over HTTP the stream still brings the taps: a card calls back where its creation says
 * (`callbackType`), and the address for HTTP would have to be registered with a public one that we do not know.
 */
export function createStream(parts: StreamParts): Stream {
  const { settings, agents, intake, now, log, pace = usualPace } = parts;
  const dispatch = createDispatch(intake, now, log);
  const handling = new Set<Promise<void>>();
  let stopping = false;

  async function handle(raw: string, line: Line, send: Send): Promise<void> {
    const frame = readFrame(raw);
    if (frame === null) return log.warn({}, 'dingtalk frame could not be read');
    if (frame.type === 'SYSTEM' && frame.topic === 'disconnect') return line.leaving();
    if (frame.type === 'SYSTEM' && frame.topic === 'ping') {
      send(writeAck(frame.messageId, { code: 200, data: frame.data ?? {} }));
      return;
    }
    // What is not acknowledged comes again, then to an instance that stays.
    if (stopping) return;
    const ack = await dispatch(frame);
    if (ack !== null && !send(writeAck(frame.messageId, ack))) {
      log.warn({}, 'dingtalk ack came too late for its connection');
    }
  }

  const supervisor = createSupervisor({
    pace,
    log,
    async open(line, signal) {
      // The SDK brings axios along: who does not use the stream need not load it.
      const { openConnection } = await import('./client.ts');
      const { clientId, clientSecret, apiBase } = settings;
      const subscriptions = subscriptionsFor(settings.mode);
      const keys = { apiBase, clientId, clientSecret };
      const request = { agents, ...keys, subscriptions, withinMs: pace.openWithinMs, signal };
      return openConnection(request, pace, {
        frame(raw, send) {
          const work = handle(raw, line, send)
            .catch(() => log.warn({}, 'dingtalk frame could not be handled'))
            .finally(() => handling.delete(work));
          handling.add(work);
        },
        ended: line.ended,
      });
    },
  });

  return {
    start: supervisor.start,
    async stop() {
      stopping = true;
      supervisor.stop();
      await Promise.race([Promise.allSettled(handling), sleep(pace.drainMs, undefined, { ref: false })]);
      supervisor.close();
    },
    problem: supervisor.problem,
  };
}

function subscriptionsFor(mode: DingtalkSettings['mode']): readonly Subscription[] {
  const cards: Subscription = { type: 'CALLBACK', topic: cardTopic };
  return mode === 'webhook' ? [cards] : [{ type: 'EVENT', topic: '*' }, { type: 'CALLBACK', topic: robotTopic }, cards];
}
