/** The real adapter with the real SDK against the emulated platform, on loopback. */
import { feishu } from '../../../adapters/feishu/index.ts';
import {
  type FeishuEmulatorOptions,
  type ListeningFeishuEmulator,
  startFeishuEmulator,
} from '../../../sandbox/feishu/index.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { type RecordingInbound, recordingInbound, recordingLog } from '../../unit/feishu/doubles.ts';
import { appId, keys, ourTenant } from '../../unit/feishu/sealing.ts';
import { serveChannel } from '../serve-channel.ts';

export interface Desk extends AsyncDisposable {
  readonly emulator: ListeningFeishuEmulator;
  readonly channel: Channel;
  readonly inbound: RecordingInbound;
  readonly log: { readonly lines: string[] };
  /** Refusals of the callback, in order. */
  readonly refusals: readonly (string | null)[];
}

/** Arranges the world before the adapter starts. */
type Prepare = (emulator: ListeningFeishuEmulator, inbound: RecordingInbound) => void;

const appSecret = 'secret-of-the-app';

/** Everything started: the emulator, the adapter, and in webhook mode a bare server between them. */
export async function openDesk(
  mode: 'webhook' | 'websocket',
  options: Partial<FeishuEmulatorOptions> & { readonly prepare?: Prepare } = {},
): Promise<Desk> {
  const { prepare, ...rest } = options;
  const emulator = await startFeishuEmulator({
    appId,
    appSecret,
    ...keys,
    tenantKey: ourTenant,
    mode,
    clientConfig: { ReconnectInterval: 1, ReconnectNonce: 0 },
    retryTimeScale: 100,
    seed: 7,
    ...rest,
  });
  const read = feishu.readSettings({
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    FEISHU_MODE: mode,
    FEISHU_API_BASE: emulator.apiBase,
    ...(mode === 'webhook'
      ? { FEISHU_ENCRYPT_KEY: keys.encryptKey, FEISHU_VERIFICATION_TOKEN: keys.verificationToken }
      : {}),
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the desk are wrong');
  const inbound = recordingInbound();
  const log = recordingLog();
  prepare?.(emulator, inbound);
  const channel = feishu.connect(read.settings, {
    inbound,
    now: emulator.clock.now,
    log,
    usage: createRecordingUsage(),
    publicUrl: null,
    ...ownMeans(emulator.clock.now),
  });
  const server = await serveChannel(channel);
  emulator.deliveries.setCallbackUrl(`${server.origin}/callbacks/feishu`);
  await channel.start();

  return {
    emulator,
    channel,
    inbound,
    log,
    refusals: server.refusals,
    async [Symbol.asyncDispose]() {
      await channel.stop();
      await emulator.close();
      await server.close();
    },
  };
}
