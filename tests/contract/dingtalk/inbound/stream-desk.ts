/** The stream alone with a pace for tests: real intake, real SDK, emulated gateway. */
import { onTestFinished } from 'vitest';
import { createAgents } from '../../../../adapters/dingtalk/agents.ts';
import { createCarriedSessions } from '../../../../adapters/dingtalk/carried-session.ts';
import { createIntake } from '../../../../adapters/dingtalk/intake.ts';
import { createPushProblems } from '../../../../adapters/dingtalk/push-problems.ts';
import { createStream, type Pace, type Stream } from '../../../../adapters/dingtalk/stream/index.ts';
import { usualPace } from '../../../../adapters/dingtalk/stream/pace.ts';
import type { DingtalkEmulatorOptions, ListeningDingtalkEmulator } from '../../../../sandbox/dingtalk/index.ts';
import { ownMeans } from '../../../support/own-means.ts';
import { createRecordingUsage } from '../../../support/recording-usage.ts';
import { type RecordingInbound, recordingInbound, recordingLog } from '../../../unit/dingtalk/inbound/doubles.ts';
import { clientId, clientSecret, corpId } from '../../../unit/dingtalk/inbound/sealing.ts';
import { startEmulator } from '../harness.ts';

export interface StreamDesk {
  readonly emulator: ListeningDingtalkEmulator;
  readonly stream: Stream;
  readonly inbound: RecordingInbound;
  readonly lines: readonly string[];
}

const quick: Pace = {
  ...usualPace,
  openWithinMs: 500,
  firstPauseMs: 40,
  longestPauseMs: 160,
  refusedPauseMs: 300,
  steadyMs: 100,
  drainMs: 300,
};

interface Options {
  readonly pace?: Partial<Pace>;
  readonly secret?: string;
  readonly mode?: 'stream' | 'webhook';
  readonly proxy?: Readonly<Record<string, string>>;
  readonly taps?: { answer(): Promise<object | null> };
}

/** A stream of our product at this emulator. It is not started. */
export function streamAt(emulator: ListeningDingtalkEmulator, options: Options = {}): Omit<StreamDesk, 'emulator'> {
  const { now } = emulator.clock;
  const [inbound, log] = [recordingInbound(), recordingLog()];
  const intake = createIntake({
    corpId,
    inbound,
    sessions: { note: () => undefined },
    carried: createCarriedSessions(ownMeans(now).tokens.box(clientSecret)),
    taps: { answer: async () => ({}), typed: async () => undefined, ...options.taps },
    problems: createPushProblems(now),
    nameless: { heard: () => undefined },
    usage: createRecordingUsage(),
    now,
    log,
  });
  const settings = {
    clientId,
    clientSecret: options.secret ?? clientSecret,
    apiBase: emulator.apiBase,
    mode: options.mode ?? 'stream',
  };
  const stream = createStream({
    settings,
    agents: createAgents(options.proxy ?? {}),
    intake,
    now,
    log,
    pace: { ...quick, ...options.pace },
  });
  onTestFinished(() => stream.stop());
  return { stream, inbound, lines: log.lines };
}

/** An emulator and a started stream at it. */
export async function openStreamDesk(
  options: Options & { readonly emulator?: Partial<DingtalkEmulatorOptions> } = {},
): Promise<StreamDesk> {
  const emulator = await startEmulator({ retryTimeScale: 1000, closeAfterMs: 100, ...options.emulator });
  onTestFinished(() => emulator.close());
  const made = streamAt(emulator, options);
  await made.stream.start(2_000);
  return { emulator, ...made };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
