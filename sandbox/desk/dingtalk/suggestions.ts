/** Lines a newcomer can click in DingTalk. */
import type { Chat } from '../../dingtalk/world.ts';
import type { SuggestedLine } from '../view.ts';
import type { Scene } from './scene.ts';

const RECORD = `沈厂长 10:02
你们那个输送辊，报价单收到了
李娜 10:05
好的，单价里含运费
沈厂长 10:06
样品先寄两支过来看看`;

export function linesIn({ company, state }: Scene, { conversationId, kind, memberIds }: Chat): SuggestedLine[] {
  const { lina, wangqiang } = company.staff;
  const says = (personId: string, lineKind: SuggestedLine['kind'], toBot: boolean, ...texts: string[]) =>
    texts.map((text): SuggestedLine => ({ text, personId, kind: lineKind, toBot }));
  if (conversationId === company.dealGroup.conversationId)
    return [
      ...says(lina.userId, 'move', true, '客户说帮我报下价', '样品昨天寄出了'),
      ...says(lina.userId, 'trap', false, '沈厂长说合同盖好章了'),
      ...says(lina.userId, 'ask', true, '越丰到哪一步了', '记一下 越丰 周五回访'),
    ];
  if (state.strangers.includes(conversationId))
    return [
      ...says(lina.userId, 'move', true, '吴经理说：帮我报下价', '吴经理问样品什么时候寄'),
      ...says(wangqiang.userId, 'trap', true, '吴经理说先不用报价了'),
    ];
  if (kind === 'group')
    return [
      ...says(lina.userId, 'ask', true, '绑定 越丰', '帮助'),
      ...says(wangqiang.userId, 'trap', false, '大家下午三点开会，报价单都带上'),
    ];
  const [owner = ''] = memberIds;
  if (owner !== lina.userId) return says(owner, 'ask', false, '越丰到哪一步了', '今天要跟进谁', '帮助');
  return [
    ...says(owner, 'move', false, '客户说帮我报下价', '样品昨天寄出了'),
    { text: RECORD, label: '粘贴一段聊天记录', personId: owner, kind: 'move', toBot: false },
    ...says(owner, 'trap', false, '明天天气怎么样'),
    ...says(owner, 'ask', false, '越丰到哪一步了', '今天要跟进谁', '绑定 越丰', '记一下 越丰 周五回访'),
  ];
}
