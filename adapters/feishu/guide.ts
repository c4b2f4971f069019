/** What colleagues on Feishu are told on their first day. */
import type { ChannelGuide } from '../../src/channel/guide.ts';

export const guide: ChannelGuide = {
  label: '飞书',
  wordsArrive: [
    '把我拉进客户群或内部项目群：群里的话我自己听，不用复制。',
    '别处的消息：长按它，选“加入聊单”；或者转发给我。',
  ],
  openPage: '在客户的群里点输入框旁的“+”，选“客户”。',
};
