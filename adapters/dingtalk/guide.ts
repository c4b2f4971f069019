/** What colleagues on DingTalk are told on their first day. */
import type { ChannelGuide } from '../../src/channel/guide.ts';

export const guide: ChannelGuide = {
  label: '钉钉',
  wordsArrive: [
    '在内部项目群里 @聊单，写上客户的原话：我只听得到 @我 的消息。',
    '或者把聊天记录复制，粘贴到和我的私聊里。',
  ],
  openPage: '在项目群的快捷栏里点“客户”。',
};
