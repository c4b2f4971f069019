/** What colleagues on WeCom are told on their first day: which ways are open depends on what the company has switched on. */
import type { ChannelGuide } from '../../src/channel/guide.ts';

export interface OpenWays {
  /** Customers write to a service account that we may read. */
  readonly service: boolean;
  readonly bot: boolean;
  readonly archive: boolean;
  readonly pages: boolean;
}

export function guideFor({ service, bot, archive, pages }: OpenWays): ChannelGuide {
  return {
    label: '企业微信',
    wordsArrive: [
      ...(archive ? ['同意存档的客户，聊天里的话我自己听得到。'] : []),
      ...(service ? ['客户从微信客服发来的话，我自己听得到，你照常回复。'] : []),
      '别处的话：把客户的原话转发或粘贴给“聊单”应用。',
      ...(bot ? ['或者在内部群里 @聊单，写上客户的原话。'] : []),
    ],
    openPage: pages ? '打开客户的聊天，在右侧的侧边栏（手机上是输入框旁的“+”）点“客户”。' : null,
  };
}
