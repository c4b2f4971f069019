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

/** Asks on this machine first, then where people reach us. Never rejects. */
export async function readRunning({
  port,
  publicUrl,
}: Pick<Settings, 'port' | 'publicUrl'>): Promise<(channel: Channel) => Finding> {
  const found = (port === 0 ? null : await ask(`http://127.0.0.1:${port}`)) ?? (publicUrl && (await ask(publicUrl)));
  return ({ platform, appKey }) => {
    if (!found)
      return unknown(check, '没有找到。', '没有启动就先 npm start；在别的机器上运行，就填好 PUBLIC_URL 再试。');
    const state = found.find((one) => one.platform === platform && one.account === appKey);
    if (!state) {
      return bad(check, '在运行，但没有接入这里填的这个应用。', '改过 .env 后要重启聊单；或运行的是另一份 .env。');
    }
    if (state.status === 'ready') return good(check, `已接通（${state.transport}）。${state.detail ?? ''}`);
    const remedy = '照这句话做；改过 .env 后要重启聊单。刚启动就等一分钟再试。';
    return bad(check, `${state.detail ?? '还没有接通。'}（${state.status}，${state.transport}）`, remedy);
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
