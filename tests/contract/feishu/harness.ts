/** The real adapter with the real SDK against the emulated platform, on loopback. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feishu } from '../../../adapters/feishu/index.ts';
import {
  type FeishuEmulatorOptions,
  type ListeningFeishuEmulator,
  startFeishuEmulator,
} from '../../../sandbox/feishu/index.ts';
import type { Channel, RawResponse } from '../../../src/channel/channel.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { type RecordingInbound, recordingInbound, recordingLog } from '../../unit/feishu/doubles.ts';
import { appId, keys, ourTenant } from '../../unit/feishu/sealing.ts';

export interface Desk extends AsyncDisposable {
  readonly emulator: ListeningFeishuEmulator;
  readonly channel: Channel;
  readonly inbound: RecordingInbound;
  readonly log: { readonly lines: string[] };
  /** Refusals of the callback, in order. */
  readonly refusals: (string | null)[];
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
  });
  const refusals: (string | null)[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const { method = '', headers } = incoming;
    const answer = await channel.callback?.({ method, headers, query: {}, body: await bodyOf(incoming) });
    const { status, contentType, body, refusal } = answer ?? missing;
    refusals.push(refusal);
    outgoing.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  emulator.deliveries.setCallbackUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/feishu`);
  await channel.start();

  return {
    emulator,
    channel,
    inbound,
    log,
    refusals,
    async [Symbol.asyncDispose]() {
      await channel.stop();
      await emulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const missing: RawResponse = { status: 404, contentType: 'text/plain', body: '', refusal: 'no_callback' };

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
