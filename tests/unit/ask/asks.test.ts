// What a colleague asks of the bot, in the many ways people ask.
import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../src/crm/ask/topics.ts';
import { mayBeAsk, understand } from '../../../src/crm/ask/understand.ts';
import { book } from './book.ts';

/** `topic ⇥ name as typed ⇥ text`; every name here is 恒锐. */
const aboutHengrui: Readonly<Partial<Record<Topic, string>>> = {
  overview: `宁波恒锐 | 恒锐 | hengrui | NBHR | nbhr | 宁波恒锐机电有限公司 | @聊单 宁波恒锐 | @聊单恒锐 | 恒锐？ | 恒锐呢 | 恒锐最近怎么样 | 恒锐什么情况 | 恒锐现在啥情况
    恒锐咋样了 | 恒锐这个客户怎么样了 | 恒锐那个单子怎么样了 | 恒锐最近有动静吗 | 恒锐情况 | 查恒锐 | 看看恒锐 | 帮我看看恒锐 | 查下恒锐的资料 | 介绍一下恒锐 | 告诉我恒锐的情况`,
  stage: `恒锐啥进展 | 恒锐到哪个阶段了 | 恒锐现在什么阶段 | 恒锐那边现在到哪一步了 | 恒锐跟到哪了 | 我们跟恒锐谈到哪一步了 | 恒锐卡在哪了 | 恒锐卡在哪个环节 | 恒锐走到第几步了
    恒锐进度 | 恒锐到什么程度了 | 恒锐的商机到哪个阶段 | 恒锐停在哪个阶段了 | 恒锐在报价阶段多久了 | 恒锐 status | status of hengrui | what's the status of hengrui?`,
  quote: `恒锐上次报价多少 | 恒锐最近一次报的什么价 | 恒锐报了多少钱 | 恒锐价格报过吗 | 恒锐报过价没 | 给恒锐报了多少 | 上次给恒锐报价多少 | 我们给恒锐报的什么价 | 恒锐最新报价是多少
    恒锐报价发了没 | 恒锐那边报价报了没有 | 恆銳的報價單發了嗎 | 横锐上次报价多少 | NBHR上次报价多少 | 恒锐的价格是多少 | 恒锐报价 | 报价 恒锐 | 恒锐的历史报价 | 给恒锐报过几次价
    恒锐的报价是什么时候发的 | 有没有给恒锐报过价 | 我想知道恒锐最近一次报价 | 恒锐报价单给我看看 | 恒锐最近一版报价发我瞅瞅 | 把恒锐的报价调出来 | hengrui quote | last quote for hengrui | What's the last quote for Hengrui`,
  sample: `恒锐的样品到哪一步了 | 恒锐样品寄了没 | 恒锐打样进展 | 恒锐样品进展如何 | 恒瑞的样品到哪一步了 | 给恒锐寄过样品吗 | 恒锐样品签收了没 | 恒锐那个样品咋样了 | 恒锐打样打得怎么样了
    恒锐样品什么时候寄的 | 麻烦帮我查下恒锐样品到哪了，谢谢 | 恒锐样品什么时候能寄 | 宝子 恒锐那批样测得咋样啦 救命 | 恒锐样品测试通过了吗 | hengrui sample status | 恆銳樣品寄了沒`,
  contract: `恒锐合同签了吗 | 恒锐合同走到哪了 | 恒锐的合同盖章了没有 | 帮我查一下恒锐的合同 | 恒锐签合同了吗 | 恒锐签了没 | 恒锐的合同，签了吗？ | 恒锐的合同啥时候签的 | 恒锐合同回签了没
    可以查下恒锐的合同吗 | 請問恆銳的合約簽了嗎 | hengrui contract signed?`,
  payment: `恒锐付款了吗 | 恒锐付款了？ | 恒锐回款怎么样 | 恒锐钱到了没 | 恒锐的钱到账了吗 | 恒锐尾款付了没 | 恒锐定金收到了吗 | 恒锐欠我们多少钱 | 恒锐还有多少没付 | 恒锐什么时候付款
    麻烦看下宁波恒锐的回款情况 | 恒锐逾期了吗 | 能帮我查一下恒锐的回款吗 | 恒瑞那边打款没 | has hengrui paid? | 恒锐付款方式是什么 | 恒锐尾款结了木有鸭 老板在 push | 恒锐付款情况 | 恒锐交钱了没 | 恒锐付了多少`,
  order:
    '恒锐发货了吗 | 恒锐订单到哪了 | 恒锐下单了吗 | 恒锐的货发了吗 | 恒锐订单进度如何 | 恒锐订单什么时候发的货 | 恒锐交货了没 | 恒锐的PO下了吗 | 恒锐订单交期是什么时候',
  after_sales: '恒锐售后工单处理完了吗 | 恒锐有没有投诉 | 恒锐报修处理完没 | 恒锐有工单吗',
  owner: `恒锐谁负责 | 谁负责恒锐 | 谁在跟恒锐 | 恒锐归谁 | 恒锐归谁管 | 恒锐负责人是谁 | 恒锐是哪个同事的客户 | 恒锐是谁的客户 | 请问恒锐现在是谁在跟？ | 恒锐这个客户谁在负责 | 恒銳誰負責
    谁是恒锐的负责人 | 恒锐有人跟吗 | 恒锐，谁负责？ | 亨瑞 谁跟 | 宁波恒机电谁负责 | 寧波恆銳誰在跟進 | who owns hengrui | 恒锐的单是谁的 | HRJD 谁负责`,
  contact: `恒锐联系人是谁 | 恒锐找谁 | 恒锐的对接人 | 恒锐技术联系人 | 恒锐电话多少 | 恒锐有几个联系人 | 恒锐的采购是谁 | 恒锐老板电话多少 | 恒锐怎么联系 | 恒锐采购小姐姐的 contact 给一个呗 | 恒锐那边该找谁 | 恒锐王总的电话
    恒锐谁拍板`,
  last_contact: `恒锐上次联系什么时候 | 上次联系恒锐是什么时候 | 恒锐多久没联系了 | 多久没联系恒锐了 | 最近和恒锐聊了啥 | 恒锐最近聊了啥 | 恒锐上次跟进是哪天 | 最近有没有联系过恒锐
    上次跟恒锐聊了什么 | 恒锐最近一次跟进 | 恒锐最近谁联系过 | when did we last contact hengrui`,
};

const lines = (text: string): string[] => text.split(/[|\n]/).map((line) => line.trim());
const nameIn = /宁波恒锐机电有限公司|宁波恒锐|宁波恒机电|寧波恆銳|恒锐|恆銳|恒銳|恒瑞|横锐|亨瑞|hengrui|NBHR|HRJD/i;
const table = Object.entries(aboutHengrui).flatMap(([topic, text]) =>
  lines(text).map((line) => [line, topic] as const),
);

describe('a question about a customer', () => {
  it.each(table)('%s → %s', (text, topic) => {
    const ask = understand(text, book, { linked: false });
    expect(ask).toMatchObject({ kind: 'customer', topic, name: nameIn.exec(text)?.[0], matches: [{ id: '恒锐' }] });
    expect(understand(text, book, { linked: true })).toEqual(ask);
    expect(mayBeAsk(text)).toBe(true);
  });

  it.each([
    ['明远', '明远', ['明远电机', '明远科技']],
    ['明远谁负责', '明远', ['明远电机', '明远科技']],
    ['苏州明远谁负责', '苏州明远', ['明远科技']],
    ['明远电机合同签了吗', '明远电机', ['明远电机']],
    ['大疆谁负责', '大疆', ['大疆']],
    ['新和的合同签了吗', '新和', ['新和']],
    ['合同通谁负责', '合同通', ['合同通']],
    ['永胜的款到了没', '永胜', ['永盛']],
    ['大众谁负责', '大众', ['大众']],
    ['Siemens quote', 'Siemens', ['siemens']],
    ['天工精密的样品到哪了', '天工精密', ['天工']],
  ])('%s names %s', (text, name, ids) => {
    const ask = understand(text, book, { linked: false });
    expect(ask).toMatchObject({ kind: 'customer', name });
    expect(ask?.kind === 'customer' && ask.matches.map(({ id }) => id)).toEqual(ids);
    expect(mayBeAsk(text)).toBe(true);
  });

  it.each([
    ['谁负责天元重工', '天元重工', 'owner'],
    ['天元重工上次报价多少', '天元重工', 'quote'],
    ['天元重工付款了吗', '天元重工', 'payment'],
    ['谁在负责无锡天元重工', '无锡天元重工', 'owner'],
    ['西门子谁负责', '西门子', 'owner'],
    ['徐工有没有人在跟', '徐工', 'owner'],
    ['救命 德瑞克这家是啥客户啊帮我查查', '德瑞克', 'overview'],
    ['无锡贵人鸟现在是谁在跟进啊麻烦帮我查一下', '无锡贵人鸟', 'owner'],
  ])('%s is one although nobody knows %s', (text, name, topic) => {
    expect(understand(text, book, { linked: true })).toEqual({ kind: 'customer', topic, name, matches: [] });
  });
});

describe('a question in the chat of a customer', () => {
  it.each([
    ['上次报价多少', 'quote'],
    ['最近一次报的什么价', 'quote'],
    ['样品到哪一步了', 'sample'],
    ['谁负责', 'owner'],
    ['谁在跟进', 'owner'],
    ['现在什么阶段', 'stage'],
    ['到哪个阶段了', 'stage'],
    ['联系人是谁', 'contact'],
    ['多久没联系了', 'last_contact'],
    ['上次聊了啥', 'last_contact'],
    ['上次联系是什么时候', 'last_contact'],
    ['回款怎么样了', 'payment'],
    ['这个客户谁负责', 'owner'],
    ['这个客户付款了吗', 'payment'],
    ['这个客户什么情况', 'overview'],
    ['查一下这个客户', 'overview'],
    ['客户报价发了没', 'quote'],
    ['上次报他多少来着我给忘了', 'quote'],
    ['这家对接人叫啥来着 突然失忆', 'contact'],
    ['样品进度', 'sample'],
  ])('%s → %s', (text, topic) => {
    expect(understand(text, book, { linked: true })).toEqual({ kind: 'customer', topic, name: null, matches: [] });
    expect(understand(text, book, { linked: false })).toBeNull();
    expect(mayBeAsk(text)).toBe(true);
  });
});

describe('the day and the bot itself', () => {
  it.each(
    lines(`我今天要跟进谁 | 今天有啥要做的 | 待办 | 我的待办 | 今天该联系谁 | 今天要跟进哪些客户 | 今日待办 | 有什么任务 | 今天有什么安排 | 今天干啥 | 还有哪些客户要跟进 | 哪些客户超期了
      我手上有几个客户要跟进 | 今天要做什么 | 明天要联系谁 | 有没有要跟进的客户 | 我有哪些客户快超期了 | 帮我看下今天要跟进谁 | 今天我该干嘛 | 我名下有哪些客户要跟 | todo
      今日 todo 有啥 直接甩我 | 我今天还有谁没跟的 | 早☀️今日跟进有哪些 | 今天要打电话的有哪几家`),
  )('%s → agenda', (text) => {
    expect(understand(text, book, { linked: true })).toEqual({ kind: 'agenda' });
    expect(mayBeAsk(text)).toBe(true);
  });
  it.each(
    lines(
      '帮助 | help | HELP | ? | ？ | 帮助一下 | 怎么用 | 你能做什么 | 你会什么 | 使用说明 | 如何绑定 | @聊单 帮助 | 你都会点啥呀 怎么用 在线等',
    ),
  )('%s → help', (text) => {
    expect(understand(text, book, { linked: false })).toEqual({ kind: 'help' });
  });
});
