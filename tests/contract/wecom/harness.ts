/** The real adapter against the emulated platform, on loopback. */
import { wecom } from '../../../adapters/wecom/index.ts';
import {
  type ListeningWecomEmulator,
  startWecomEmulator,
  type WecomEmulatorOptions,
} from '../../../sandbox/wecom/index.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { type RecordingInbound, recordingInbound, recordingLog } from '../../unit/wecom/doubles.ts';
import { agentId, corpId, keys } from '../../unit/wecom/sealing.ts';
import { serveChannel } from '../serve-channel.ts';

export interface Desk extends AsyncDisposable {
  readonly emulator: ListeningWecomEmulator;
  readonly channel: Channel;
  readonly inbound: RecordingInbound;
  readonly log: { readonly lines: string[] };
  /** Refusals of the callback, in order; null for what was taken. */
  readonly refusals: readonly (string | null)[];
  /** Stores what was pulled and pushed until now, as the core reads it. */
  events(): ReturnType<Channel['normalise']>[];
  /** Resolves when `look` finds something. */
  until<T>(look: () => T | null | undefined | false, what: string): Promise<T>;
}

/** Arranges the world before the settings are read and the adapter starts. */
type Prepare = (emulator: ListeningWecomEmulator, inbound: RecordingInbound) => void;

const secret = 'secret-of-the-app';

/** Everything started: the emulator, the adapter, and a bare server between them. */
export async function openDesk(
  options: Partial<WecomEmulatorOptions> & {
    readonly prepare?: Prepare;
    readonly env?: Readonly<Record<string, string>>;
    readonly start?: false;
  } = {},
): Promise<Desk> {
  const { prepare, env, start, ...rest } = options;
  const emulator = await startWecomEmulator({
    corpId,
    agentId,
    secret,
    ...keys,
    retryTimeScale: 100,
    seed: 7,
    ...rest,
  });
  const inbound = recordingInbound();
  const log = recordingLog();
  prepare?.(emulator, inbound);
  const read = wecom.readSettings({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: keys.token,
    WECOM_AES_KEY: keys.aesKey,
    WECOM_API_BASE: emulator.apiBase,
    ...env,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the desk are wrong');
  const channel = wecom.connect(read.settings, {
    inbound,
    now: emulator.clock.now,
    log,
    usage: createRecordingUsage(),
    publicUrl: null,
    ...ownMeans(emulator.clock.now),
  });
  const server = await serveChannel(channel);
  emulator.deliveries.setCallbackUrl(`${server.origin}/callbacks/wecom`);
  if (start !== false) await channel.start();

  return {
    emulator,
    channel,
    inbound,
    log,
    refusals: server.refusals,
    events: () => inbound.stored.map(({ payload }) => channel.normalise(payload)),
    async until(look, what) {
      for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
        const found = look();
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`waited in vain for ${what}`);
    },
    async [Symbol.asyncDispose]() {
      await channel.stop();
      await emulator.close();
      await server.close();
    },
  };
}
