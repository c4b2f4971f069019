/** WeCom and DingTalk beside Feishu: on each a customer's words, the stage they bring, and one card for the owner. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DingtalkEmulator } from '../../../sandbox/dingtalk/index.ts';
import { mountDingtalk } from '../../../sandbox/mounts/dingtalk.ts';
import { mountWecom } from '../../../sandbox/mounts/wecom.ts';
import type { WecomEmulator } from '../../../sandbox/wecom/index.ts';
import { startTcpProxy, type TcpProxy } from '../../support/services/tcp-proxy.ts';

export interface Neighbours {
  readonly wecom: WecomEmulator;
  readonly dingtalk: DingtalkEmulator;
  /** Between the product and DingTalk, its stream included. */
  readonly line: TcpProxy;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Words only; the ways that pull or hold a connection of their own would need the archive's library and a bot. */
const LEFT_OUT = /^WECOM_(ARCHIVE|BOT)_/;
/** More than the longest run uses. */
const CALLS_PER_MONTH = 1_000_000;

export async function openNeighbours(callbackOrigin: string, seed: number, now: () => number): Promise<Neighbours> {
  const mounts: { path: string; emulator: Pick<WecomEmulator, 'handle' | 'upgrade'> }[] = [];
  const mountOf = (request: IncomingMessage) => mounts.find(({ path }) => request.url?.startsWith(`${path}/`));
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    mountOf(request)?.emulator.handle(request, response);
  });
  server.keepAliveTimeout = 65_000;
  server.on('upgrade', (request, socket, head) => mountOf(request)?.emulator.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const line = await startTcpProxy([port]);
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-wecom-'));
  const common = { seed, selfRunning: true, retryTimeScale: 600 };
  const wecom = mountWecom({
    url: `http://127.0.0.1:${port}`,
    now,
    folder,
    given: { ...common, callbackUrl: `${callbackOrigin}/callbacks/wecom`, perMemberPerMinute: 0, perMemberPerHour: 0 },
  });
  const dingtalk = mountDingtalk({
    url: `http://127.0.0.1:${line.port}`,
    now,
    given: { ...common, openApiPerMonth: CALLS_PER_MONTH, streamPerMonth: CALLS_PER_MONTH, opensPerMinute: 200 },
  });
  mounts.push(wecom, dingtalk);
  const env = Object.entries({ ...wecom.environment, ...dingtalk.environment });
  return {
    wecom: wecom.emulator,
    dingtalk: dingtalk.emulator,
    line,
    env: Object.fromEntries(env.filter(([name]) => !LEFT_OUT.test(name))),
    async close() {
      await line.close();
      await wecom.emulator.close();
      await dingtalk.emulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
