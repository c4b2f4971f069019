// Every word a question to the bot may be made of, by what it does in the sentence.
import { type Topic, topicWords } from '../topics.ts';

/** What a word does in a question. */
export type Role =
  | 'fill' // politeness, particles, punctuation: anywhere, meaning nothing
  | 'plea' // 麻烦, 帮我: asks for something to be done, not yet for what
  | 'look' // 查一下, 看看: asks to be shown
  | 'link' // 那边, 公司: stands beside a name
  | 'deictic' // 这个客户: the customer of this chat
  | 'prep' // 给, 跟
  | 'past' // 上次, 最近一次
  | 'now' // 最近, 现在
  | 'done' // 了, 过
  | 'aux' // 是, 在, 有
  | 'move' // 发, 到, 收到: verbs of any matter
  | 'modal' // 能, 会: what has not happened
  | 'not' // 没, 没有
  | 'whether' // 吗, 有没有
  | 'mark' // ?
  | 'who'
  | 'when'
  | 'what'
  | 'amount'
  | 'how'
  | 'where'
  | 'step' // 哪一步, 什么阶段: where in the sale, not where in the world
  | 'gap' // 多久没: for how long nothing
  | 'person' // 采购, 王总: someone at the customer
  | 'noun'
  | 'verb';

/** One word of the lexicon as it may stand in a question. */
export interface Word {
  readonly text: string;
  readonly role: Role;
  /** Set for nouns and verbs. */
  readonly topic: Topic | null;
}

const roles: readonly (readonly [Role, string])[] = [
  [
    'fill',
    `呢 啊 呀 哦 噢 哈 嘛 哎 诶 欸 喂 嗯 额 呃 的 地 得 , ! ~ 、 : ; - . / 请问 请教 请问一下 你好 您好 哈喽 hi hello hey 谢谢 谢谢啦 多谢 谢了 感谢 thanks thx 辛苦 辛苦了
    在吗 在不 一下 来着 到底 究竟 哥 聊单 小聊 机器人 bot the a an of for on 's is are was has have had did do does been be we our us from in at and any it there its
    同学 老师 那 那个 就 鸭 捏 哇 嘞 呗 啦 吧 哟 咯 嗨 早 亲 宝 宝子 宝儿 兄弟 姐妹 家人们 大佬 大神 老铁 朋友 救命 在线等 急急急 emo 跪求 求 求助 突然 赶紧 顺便 话说 对了 所以 其实 那啥 整体 大致 哈哈 哈哈哈
    要的 要了 要过 催的 问的 说好的 问我 在问 各位 大家 群里 本群 咱们群 这个群`,
  ],
  [
    'plea',
    '请 please pls plz kindly 麻烦 麻烦你 帮我 帮忙 帮 给我 替我 劳驾 帮一下 帮个忙 帮下忙 你帮我 你帮忙 请帮我 请你 help me can you could',
  ],
  [
    'look',
    `给我查 查 查询 查询一下 查看 查看一下 看 我想看 我要看 想看 我想查 我要查 想查 想知道 我想知道 想了解
    我想了解 了解一下 了解下 告诉我 说说 说下 说一下 讲讲 讲一下 汇报一下 介绍一下 介绍下 调一下 调出 调出来 打开 显示 问一下 问下 我想问 我问一下 我问下 想问 想问下
    想问一下 我想问下 我想问一下 谁知道 有谁知道 有人知道 有没有人知道 知道 你知道 知不知道 能查 能查下 能查一下 能看 能看下 可以查 可以看 能不能查 能不能看 能不能帮我查 能帮我查 能帮我看
    可以帮我查 列一下 列出 搜索 查找 确认下 确认一下 核实一下 show tell check lookup find give
    发我 发我下 发我一下 发我看下 发我看看 发我瞅瞅 发给我 发我一份 发来看看 发来 发下 发一下 发个 给我一下 给我下 给我个 给我一个 给一下 给下 给个 给一个 给一份 拉一下 拉下 拉出来 拉个 拉一份
    调出来看看 调来看看 甩我 甩我一下 甩给我 甩过来 丢我 丢给我 推我 推给我 推一下 传我 转我 扔给我 捞出来 过一下 翻出来 整一份 列出来 列个
    报给我 亮一下 康康 帮我看 帮我查 帮查 帮看 提醒我下 汇总一下 汇总 求同步 同步一下 同步下 更新一下 更新下 过一遍 念一下 报一下进度 求发 求个 pull`,
  ],
  [
    'link',
    `那边 那里 这边 那儿 这儿 这家 那家 这个 那个 客户 公司 单 这单 那单 这个单子 单子 这个项目 项目 生意 他们 他们家 他们那边 他家 家 这个客户 那个客户 这家客户 那家客户 这个公司
    那个公司 这家公司 那家公司 这客户 那客户 该客户 企业 单位 里 里面 方面 一家 customer client company deal`,
  ],
  [
    'deictic',
    `这家 他家 他们家 这个客户 这家客户 这客户 该客户 本客户 这家公司 这个公司 当前客户 客户 本群客户 这个群的客户 这位客户 this customer`,
  ],
  [
    'prep',
    '给 跟 和 与 对 向 同 关于 有关 对于 为 我们 咱们 咱 我方 我司 公司里 我们公司 公司 咱们公司 我们这边 我们这 从 把 由 about with to',
  ],
  [
    'past',
    `上次 上一次 上回 上一回 最近一次 最后一次 最近那次 前一次 之前 以前 此前 历史 历史上 上周 上个月 昨天 前天 最新 最新一次 最新的一次 最近一回 最后 上一版 上一轮 上版
    最近一版 最近一轮 最近一份 最近一单 上次那个 上回那个 last latest previous recent most time`,
  ],
  [
    'now',
    '最近 现在 目前 当前 今天 近期 这周 本周 这个月 本月 今年 这几天 这两天 这段时间 眼下 至今 到现在 到目前 到目前为止 截至目前 如今 前期 now currently today yet so far',
  ],
  ['done', '了 过 过了 完 好 好了 完了 成功 出去 出去了 过去 过来 回来'],
  [
    'aux',
    `是 在 有 到 还 都 已经 一共 总共 总的 又 才 个 位 次 第几次 两次 也 再 还有 一直 具体 大概 大约 算 叫 做 走 办 弄 处理 进行 属 上 中 里 来 去 下来 当时 一般 主要 另外 正在
    处于 处在 停 停在 停留 停留在 由 有人 有谁 份 笔 张 版 批 这批 那批 这次 的话`,
  ],
  [
    'move',
    '发 发出 发过 发了 送 送出 寄 寄出 寄过 寄到 收 收到 收过 签收 出 出来 到货 送到 送达 定 定下 定下来 谈 谈妥 谈好 批 批准 审批 通过 确认 开始 完成 结束 搞定 落实 下 到期 安排 反馈 回复 测试 测 开 sent send',
  ],
  ['modal', '能 会 可以 要 该 应该 打算 准备 预计 计划 大概能 will should'],
  ['not', '没 没有 不 没呢 没啊 还没 还没有 未 not'],
  [
    'whether',
    `吗 么 嘛 了没 了没有 了没呢 过没 过没有 没有呢 是否 有没有 是不是 有无 了不 了么 签没签 付没付 寄没寄 报没报 发没发 到没到 打没打 回没回 联没联系 跟没跟 收没收到 有没
    了木 了不 了吧 对吧 是吧 是吗 对吗 有木有 木有 有没得`,
  ],
  ['mark', '?'],
  [
    'who',
    `谁 谁谁 哪位 哪个 哪个人 哪个同事 哪位同事 哪个销售 哪位销售 哪个业务员 哪个业务 哪个部门 什么人 啥人 哪些人 哪几个人 咱们谁 我们谁 公司谁 同事 哪个人的 有没有人 有没人 有无人 哪个在 谁谁谁 哪位同学 who whose whom`,
  ],
  [
    'when',
    `什么时候 啥时候 啥时 什么时 何时 几天 几时 哪天 哪一天 几号 多会儿 什么时间 啥时间 到什么时候 到哪天 到几号 多久 多久前 多久之前 多久以前 多长时间 几天前 多少天 什么日期 几月 几月几号 哪个月 when how-long`,
  ],
  [
    'what',
    '什么 啥 哪些 哪几个 什么样 什么价 什么价格 什么价位 啥价 啥价格 啥价位 哪个价 什么内容 什么事 啥事 什么话题 什么东西 些什么 点什么 点啥 些啥 说了什么 说了啥 说什么 说啥 聊什么 聊啥 啥公司 什么公司 哪家公司 what whats which',
  ],
  [
    'amount',
    `几 到几 几了 多少了 几个 几位 几份 几单 几笔 多少 多少钱 多钱 多少了 几块 几块钱 几万 多少万 几次 多少次 几个点 多少个点 几遍 几成 百分之多少 how-much many much`,
  ],
  [
    'how',
    '怎么样 怎样 咋样 咋样啦 怎么样啦 咋样儿 咋整 咋搞 为什么 为啥 咋还 怎么还 如何 怎么样了 咋样了 怎么 咋 怎么说 怎么回事 咋回事 顺利吗 顺不顺利 怎么个 啥样 how',
  ],
  [
    'where',
    '到哪 到哪儿 到哪里 到哪了 哪 哪里 哪儿 卡在哪 卡哪 卡在哪里 卡哪了 走到哪 啥地步 什么地步 啥程度 什么程度 到哪里 到哪儿了 跟到哪 推到哪 谈到哪 做到哪 进行到哪 到什么地步 到什么程度 哪个地步 where',
  ],
  [
    'step',
    `哪一步 哪步 哪一阶段 哪个阶段 什么阶段 啥阶段 第几步 第几阶段 哪个环节 什么环节 哪一环 哪一关 哪个节点 什么状态 啥状态 哪个步骤 几步 跟到哪 跟进到哪 推进到哪 什么进度 啥进度 哪一个阶段
    什么进展 啥进展`,
  ],
  ['gap', '多久没 多久没有 多长时间没 几天没 多少天没 多久不 多久未 多久没人 几天没有 好久没'],
  [
    'person',
    '采购 技术 老板 老总 财务 法务 质量 品质 工程师 总经理 经理 厂长 研发 工程 采购负责人 技术负责人 采购经理 技术人员 研发负责人 决策者 那个人',
  ],
];

const english = (text: string): string => text.replace('-', ' ');
const list = (words: string): readonly string[] =>
  words
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(english);

const all: readonly Word[] = [
  ...roles.flatMap(([role, words]) => list(words).map((text) => ({ text, role, topic: null }))),
  ...topicWords.flatMap(({ topic, nouns, verbs }) => [
    ...list(nouns).map((text) => ({ text, role: 'noun' as const, topic })),
    ...list(verbs).map((text) => ({ text, role: 'verb' as const, topic })),
  ]),
  { text: ' ', role: 'fill', topic: null },
];

const byText = new Map<string, Word[]>();
for (const word of all) byText.set(word.text, [...(byText.get(word.text) ?? []), word]);

/** 王总, 李工: a person by family name and title. */
const someone =
  /^[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆郝孔崔毛邱秦顾侯邵孟龙万段雷钱汤尹黎易乔贺赖龚](?:总|工|经理|姐|哥|老师|主任|先生|女士|部长|厂长)$/;

/** Characters of the longest word. */
export const longest = Math.max(...all.map(({ text }) => text.length));

/** 签没签, 到不到: whether it is so. */
const either = /^(.{1,2})[没木不]\1$/;
/** 看看, 给我瞅一眼, 捋一捋: asks to be shown. */
const glance = /^(?:给我|帮我|帮|让我|我|想|来)?([看查瞅瞄瞧捋盘翻找扒捞搜])(?:\1|一下|下|一眼|一\1|下子)$/;

/** The words written so; a word can do several things (报价 is a noun and a verb). */
export function wordsWritten(text: string): readonly Word[] {
  const known = byText.get(text);
  if (known !== undefined) return known;
  if (someone.test(text)) return [{ text, role: 'person', topic: null }];
  if (glance.test(text)) return [{ text, role: 'look', topic: null }];
  const verb = either.exec(text)?.[1];
  return verb === undefined ? [] : [...(byText.get(verb) ?? []), { text, role: 'whether', topic: null }];
}
