/** The real adapter against the emulated platform, on loopback. */
import { dingtalk } from '../../../adapters/dingtalk/index.ts';
import {
  type DingtalkEmulatorOptions,
  type ListeningDingtalkEmulator,
  startDingtalkEmulator,
} from '../../../sandbox/dingtalk/index.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage, type RecordingUsage } from '../../support/recording-usage.ts';
import { type RecordingInbound, recordingInbound, recordingLog } from '../../unit/dingtalk/inbound/doubles.ts';
import { clientId, clientSecret, corpId, keys } from '../../unit/dingtalk/inbound/sealing.ts';
import { serveChannel } from '../serve-channel.ts';

export interface Desk extends AsyncDisposable {
  readonly emulator: ListeningDingtalkEmulator;
  readonly channel: Channel;
  readonly inbound: RecordingInbound;
  readonly usage: RecordingUsage;
  readonly log: { readonly lines: string[] };
  /** Refusals of the callback, in order; null for what was taken. */
  readonly refusals: readonly (string | null)[];
  /** What is stored until now, as the core reads it. */
  events(): ReturnType<Channel['normalise']>[];
}

export interface DeskOptions extends Partial<DingtalkEmulatorOptions> {
  /** Arranges the world before the adapter starts. */
  readonly prepare?: (emulator: ListeningDingtalkEmulator, inbound: RecordingInbound) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly start?: false;
}

export const startEmulator = (options: Partial<DingtalkEmulatorOptions> = {}): Promise<ListeningDingtalkEmulator> =>
  startDingtalkEmulator({ clientId, clientSecret, corpId, ...keys, mode: 'stream', seed: 7, ...options });

/** Everything started: the emulator, the adapter, and a bare server between them for the callbacks. */
export async function openDesk({ prepare, env, start, ...rest }: DeskOptions = {}): Promise<Desk> {
  const emulator = await startEmulator({ retryTimeScale: 100, ...rest });
  const { mode } = emulator.options;
  const read = dingtalk.readSettings({
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_CORP_ID: corpId,
    DINGTALK_MODE: mode,
    ...(mode === 'webhook' && { DINGTALK_TOKEN: keys.token, DINGTALK_AES_KEY: keys.aesKey }),
    DINGTALK_API_BASE: emulator.apiBase,
    DINGTALK_OAPI_BASE: emulator.oapiBase,
    ...env,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the desk are wrong');
  const [inbound, log, usage] = [recordingInbound(), recordingLog(), createRecordingUsage()];
  prepare?.(emulator, inbound);
  const { now } = emulator.clock;
  const channel = dingtalk.connect(read.settings, { inbound, now, log, usage, publicUrl: null, ...ownMeans(now) });
  const server = await serveChannel(channel);
  emulator.deliveries.setCallbackUrl(`${server.origin}/callbacks/dingtalk`);
  if (start !== false) await channel.start();

  return {
    emulator,
    channel,
    inbound,
    usage,
    log,
    refusals: server.refusals,
    events: () => inbound.stored.map(({ payload }) => channel.normalise(payload)),
    async [Symbol.asyncDispose]() {
      await channel.stop();
      await emulator.close();
      await server.close();
    },
  };
}

/** A company with two colleagues and their deal group with the robot in it. */
export function office({ world }: ListeningDingtalkEmulator) {
  const lina = world.addPerson({ name: '李娜' });
  const chen = world.addPerson({ name: '陈总监', admin: true });
  const deal = world.createGroup({ name: '恒锐 成交群', members: [lina, chen] });
  world.addBot(deal);
  return { lina, chen, deal };
}
