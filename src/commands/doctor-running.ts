/** What a running server says of a channel: what only it can know, because only it is connected. */
import { z } from 'zod';
import type { Channel } from '../channel/channel.ts';
import { bad, type Finding, good, unknown } from '../channel/doctor.ts';
import type { Settings } from '../settings.ts';

const check = '正在运行的聊单';
const patienceMs = 5_000;
const health = z.object({
  channels: z.array(
    z.object({
      platform: z.string(),
      account: z.string(),
      status: z.string(),
      transport: z.string(),
      detail: z.string().nullable(),
    }),
  ),
});

/** Asks on this machine and where people reach us: either may be another server than the one that is meant. Never rejects. */
export async function readRunning({
  port,
  publicUrl,
}: Pick<Settings, 'port' | 'publicUrl'>): Promise<(channel: Pick<Channel, 'platform' | 'appKey'>) => Finding> {
  const places = [port === 0 ? null : `http://127.0.0.1:${port}`, publicUrl];
  const answers = await Promise.all(places.map((origin) => (origin === null ? null : ask(origin))));
  const found = answers.filter((answer) => answer !== null);
  return ({ platform, appKey }) => {
    if (found.length === 0) {
      return unknown(check, '没有找到。', '没有启动就先 npm start；在别的机器上运行，就填好 PUBLIC_URL 再试。');
    }
    const state = found.flat().find((one) => one.platform === platform && one.account === appKey);
    if (!state) {
      return bad(check, '在运行，但没有接入这里填的这个应用。', '改过 .env 后要重启聊单；或运行的是另一份 .env。');
    }
    if (state.status === 'ready') return good(check, `已接通（${state.transport}）。${state.detail ?? ''}`);
    const detail = `${state.detail ?? '还没有接通。'}（${state.status}，${state.transport}）`;
    if (state.status === 'connecting') return unknown(check, detail, '刚启动就等一分钟再试。');
    return bad(check, detail, '照这句话做；改过 .env 后要重启聊单。');
  };
}

async function ask(origin: string): Promise<z.infer<typeof health>['channels'] | null> {
  try {
    const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(patienceMs) });
    return health.parse(await response.json()).channels;
  } catch {
    return null;
  }
}
