/** What the health page says about the bot's connection. */
import type { ChannelState } from '../../../src/channel/channel.ts';
import type { Down } from './socket.ts';

export interface BotProblem {
  readonly status: ChannelState['status'];
  readonly detail: string;
}

/** Bad BotID or secret: [WecomTeam/wecom-cli#12]; it stands in no official table. */
const wrongSecret = 853000;

export const connecting: BotProblem = { status: 'connecting', detail: '正在与企业微信建立智能机器人的长连接。' };

/** A wrong secret does not mend itself; everything else is tried again. */
export const isFinal = (why: Down): boolean => why.kind === 'refused' && why.code === wrongSecret;

/** `failures`: how many times in a row. */
export function explainDown(why: Down, failures: number): BotProblem {
  if (isFinal(why)) {
    return {
      status: 'failed',
      detail:
        '企业微信不认智能机器人的 BotID 或 Secret（853000）：请到「管理工具 → 智能机器人 → API 模式 → 长连接」重新复制，填好 WECOM_BOT_ID 和 WECOM_BOT_SECRET 后重启。',
    };
  }
  if (why.kind === 'taken_over') {
    return {
      status: 'degraded',
      detail:
        '另一个程序用同一个智能机器人连上了企业微信，这里被断开（一个机器人只能有一条长连接）：请停掉那个程序，或给聊单另建一个机器人。过一会儿会再连。',
    };
  }
  if (why.kind === 'refused') {
    return { status: 'degraded', detail: `企业微信暂时不让智能机器人连接（${why.code ?? '未知'}），稍后会再连。` };
  }
  const persistent = failures >= 5 ? '请检查服务器的网络、代理和 WECOM_BOT_URL。' : '';
  return { status: 'degraded', detail: `智能机器人的长连接断开了，正在重连。${persistent}` };
}
