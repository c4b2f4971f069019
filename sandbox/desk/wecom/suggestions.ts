/** Lines a newcomer can click in WeCom, and customers who are nobody's contact yet. */
import type { Newcomer } from '../newcomers.ts';
import type { SuggestedLine } from '../view.ts';
import type { Place, Scene } from './scene.ts';

export function linesIn({ company }: Scene, { kind, memberId, customerId, session }: Place): SuggestedLine[] {
  const { lina, wangqiang } = company.staff;
  const says = (personId: string, lineKind: SuggestedLine['kind'], ...texts: string[]): SuggestedLine[] =>
    texts.map((text) => ({ text, personId, kind: lineKind, toBot: false }));
  const customer = customerId ?? '';
  const member = memberId ?? '';
  const known = customer === company.customers.lin.externalUserId;

  switch (kind) {
    case 'service': {
      const served = session?.servicer;
      return [
        ...(known
          ? says(customer, 'move', '上次的球阀阀体麻烦报个价', '报价啥时候能出')
          : says(customer, 'move', '帮我报下价', '你好，铝件能做吗', '帮我报个价，图纸发你了')),
        ...(served ? says(served, 'move', '样品今天顺丰寄出了，明天到') : []),
        ...says(customer, 'trap', '先不用报价了', '一样品质的有吗'),
      ];
    }
    case 'direct':
      return [
        ...(member === lina.userid
          ? says(member, 'move', '林采购说：麻烦报个价', '周工说：合同盖好章了')
          : says(member, 'move', '客户说：样品收到了，没问题')),
        ...says(member, 'trap', '明天天气怎么样'),
        ...says(member, 'ask', '泰利', '泰利上次报价多少', '今天跟进谁', '帮助'),
      ];
    case 'team':
      return [
        ...says(lina.userid, 'move', '林采购说：麻烦报个价').map((line) => ({ ...line, toBot: true })),
        ...says(wangqiang.userid, 'move', '林采购问样品什么时候寄').map((line) => ({ ...line, toBot: true })),
        ...says(wangqiang.userid, 'trap', '大家下午三点开会，报价单都带上'),
      ];
    case 'private':
      return [
        ...says(customer, 'move', '样品先寄两套过来吧', '帮我报下价'),
        ...says(member, 'move', '报价单发您邮箱了'),
        ...says(customer, 'trap', '先了解一下，不急着报价'),
      ];
  }
}

export const NEWCOMERS: readonly Newcomer[] = [
  { name: '何经理', company: '佛山顺捷机械', words: '你好，我是顺捷机械的，铝件能打样吗' },
  { name: '林小姐', company: '厦门海沃泵业', words: '您好，展会上聊过，想找一家做传动轴的厂' },
  { name: '冯总', company: '常州力拓传动', words: '加一下方便联系，帮我报个价吧' },
  { name: '赵工', company: '杭州启辰自动化', words: '朋友介绍来的，想了解一下你们的轴承座' },
];
