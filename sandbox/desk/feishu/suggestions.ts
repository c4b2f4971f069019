/** Lines a newcomer can click, and customers who have not written yet. */
import type { Company } from '../../company.ts';
import type { Newcomer } from '../newcomers.ts';
import type { SuggestedLine } from '../view.ts';

/** Lines of a chat by its id; chats made later get those of a first contact. */
export function suggestedLines(
  company: Company,
): (chat: { chatId: string; kind: 'group' | 'p2p'; memberIds: ReadonlySet<string> }) => SuggestedLine[] {
  const { staff, customers, chats } = company;
  const internal = new Set(Object.values(staff).map((person) => person.openId));
  const says = (personId: string, kind: SuggestedLine['kind'], ...texts: string[]): SuggestedLine[] =>
    texts.map((text) => ({ text, personId, kind, toBot: false }));

  const known: Record<string, SuggestedLine[]> = {
    [chats.hengrui.chatId]: [
      ...says(customers.zhou.openId, 'move', '帮我报下价，规格书发你了', '样品寄了吗？', '合同盖好章了'),
      ...says(staff.lina.openId, 'move', '报价单发您邮箱了'),
      ...says(customers.zhou.openId, 'trap', '先不用报价了', '一样品质的有吗', '项目黄了'),
    ],
    [chats.mingyuan.chatId]: [
      ...says(customers.han.openId, 'move', '样品安排一下，地址不变', '合同盖好章了'),
      ...says(customers.han.openId, 'trap', '样品不用寄了', '这款适合同事用吗', '合同什么时候能签'),
    ],
    [chats.newcomer.chatId]: says(customers.sun.openId, 'move', '你好，注塑件能做吗？', '帮我报个价，图纸发你了'),
    [chats.team.chatId]: [
      ...says(staff.wangqiang.openId, 'trap', '大家下午三点开会，报价单都带上'),
      { text: '韩经理说样品收到了，没问题', personId: staff.wangqiang.openId, toBot: true, kind: 'move' },
    ],
  };

  return ({ chatId, kind, memberIds }) => {
    const lines = known[chatId];
    if (lines) return lines;
    const [first = ''] = [...memberIds];
    if (kind === 'p2p')
      return [
        ...says(first, 'move', '周工说：合同盖好章了'),
        ...says(first, 'trap', '明天天气怎么样'),
        ...says(first, 'ask', '恒锐', '恒锐上次报价多少', '今天跟进谁', '帮助'),
      ];
    const outsider = [...memberIds].find((id) => !internal.has(id)) ?? first;
    return says(outsider, 'move', '帮我报下价', '能先寄个样品吗').concat(
      says(outsider, 'trap', '先了解一下，不急着报价'),
    );
  };
}

export const NEWCOMERS: readonly Newcomer[] = [
  { name: '赵工', company: '杭州启辰自动化', words: '你好，朋友介绍来的，想了解一下你们的轴承座' },
  { name: '林小姐', company: '厦门海沃泵业', words: '在吗？我们想找一家做传动轴的厂' },
  { name: '冯总', company: '常州力拓传动', words: '展会上拿了你们的名片，帮我报个价吧' },
  { name: '何经理', company: '佛山顺捷机械', words: '你好，铝件能打样吗' },
];
