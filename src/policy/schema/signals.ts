// The policy's `signals` section: which words of a chat line speak about which step of a deal. Grammar is the engine's business.
import { z } from 'zod';

const word = z.string().trim().min(1, '词不能为空').max(60, '词最长 60 个字');
const phrase = z.string().trim().min(1, '短语不能为空').max(120, '短语最长 120 个字');
const phrases = z.array(phrase).max(2000);

const ruleSchema = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/, '规则代号只能用小写英文字母、数字、横线，例如 quote-sent')
    .describe('规则代号：统计准确率、记录依据时用，改名等于换一条规则'),
  signal: z
    .string()
    .min(1)
    .describe(
      '信号：quoted 报价、sampling 样品、contracted 合同、fulfilling 付款与执行、after_sales 售后、lost 输单，或任意一个阶段代号',
    ),
  label: z.string().min(1).describe('规则名称，显示在卡片和统计里，例如“客户要报价”'),
  speaker: z
    .enum(['customer', 'staff', 'either'])
    .default('either')
    .describe('谁说才算：customer 客户、staff 我方同事、either 都算'),
  says: z
    .enum(['topic', 'request', 'report', 'hint'])
    .default('topic')
    .describe(
      '短语说的是什么：request 短语本身就是在要；report 短语本身就是说做了；topic 只是话题词，句子里还要有“请、发我、能…吗、已、了”这类话才算；hint 永远只提示',
    ),
  any: phrases
    .min(1, '至少写一个短语')
    .describe(
      '说到其中任意一个短语。写法：【词表名】 代表词表里任意一个词；… 代表中间可隔几个字；【数】 代表一个数，【数字】 只认阿拉伯数字，【数量】 只认成批的数量；短语开头或结尾写 。 表示分句到此为止。繁体、全角、大小写、空格不用管',
    ),
  all: phrases.default([]).describe('同一分句里还必须说到（每一条都要；一条里用 【词表名】 表示任意一个）'),
  none: phrases.default([]).describe('同一分句里说到这些就不算'),
  doubt: phrases.default([]).describe('同一条消息里说到这些，就只提示、不自动推进'),
  match: z
    .enum(['contains', 'exact'])
    .default('contains')
    .describe('contains 话里含有就算；exact 整条消息就是这句话才算'),
  fromStages: z.array(z.string().min(1)).optional().describe('只在商机处于这些阶段时生效；不填表示任何阶段'),
  mode: z.enum(['auto', 'ask']).default('auto').describe('auto 判断为“推进”时自动推进；ask 总是先问负责人'),
  cooldownHours: z.number().min(0).max(720).default(0).describe('同一商机触发后，多少小时内不再触发；0 表示不限'),
});

/** Shape of the policy document's `signals` section. */
export const signalsSchema = z.strictObject({
  words: z
    .record(z.string().min(1), z.array(word).max(500))
    .default({})
    .describe('词表：起个名字，列出同义的说法，短语里用 【名字】 引用'),
  soundsLike: z
    .record(z.string().length(1), z.string().min(1))
    .default({})
    .describe('同音字：语音转文字常写错的字，例如 价: 架加假'),
  slipWords: z.array(word).default([]).describe('容易写错的词：这些词里的一个字换成同音字，也认得出来'),
  slips: z.record(word, word).default({}).describe('常见的错写：错的写法: 对的写法，两边字数要一样，例如 打洋: 打样'),
  otherWords: z
    .array(word)
    .max(2000)
    .default([])
    .describe(
      '别的词：字面上含有报价、样品、合同、款这些字，说的却不是这回事，例如 样板间、模样、劳动合同；读到就当没看见',
    ),
  otherThings: z
    .array(phrase)
    .default([])
    .describe('别的东西：紧跟在报价、样品、合同后面，说的就是另一样东西，例如 报价系统、送样标准、合同专用章'),
  otherPeople: z.array(phrase).default([]).describe('说的是别人家：出现在短语前面就不算，例如 对方、别家'),
  otherTrades: z
    .array(phrase)
    .default([])
    .describe('别的行业才会说的话（话费、航班、花呗……）：消息里有它们时，推进降为提示，提示不再出现'),
  rules: z.array(ruleSchema).default([]).describe('规则，从上到下；同一信号取最强的一条'),
});

/** One keyword rule as the engine reads it, defaults filled in. */
export type SignalRule = z.output<typeof ruleSchema>;

/** The whole section as the engine reads it. */
export type SignalsPolicy = z.output<typeof signalsSchema>;

/** Errors of meaning in a section of valid shape, each a Chinese sentence; empty when there are none. */
export function checkSignals(policy: SignalsPolicy): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const rule of policy.rules) {
    if (seen.has(rule.key)) faults.push(`规则代号“${rule.key}”用了两次，请改其中一个。`);
    seen.add(rule.key);
    const own = { any: rule.any, all: rule.all, none: rule.none, doubt: rule.doubt };
    for (const [field, list] of Object.entries(own)) {
      for (const text of list)
        faults.push(...phraseFaults(text, policy.words).map((f) => `规则“${rule.key}”的 ${field} 里，${f}`));
    }
    for (const text of rule.any)
      if (rule.none.includes(text)) faults.push(`规则“${rule.key}”的短语“${text}”既要又不要。`);
    if (rule.match === 'exact' && rule.all.length > 0) faults.push(`规则“${rule.key}”要求整条相同，就不能再写 all。`);
  }
  for (const text of [...policy.otherPeople, ...policy.otherThings, ...policy.otherTrades])
    faults.push(...phraseFaults(text, policy.words));
  for (const [name, words] of Object.entries(policy.words)) {
    if (builtIn.has(name)) faults.push(`词表“${name}”是内置的，请换个名字。`);
    if (words.length === 0) faults.push(`词表“${name}”是空的。`);
  }
  for (const [wrong, right] of Object.entries(policy.slips)) {
    if (wrong.length !== right.length) faults.push(`错写“${wrong}”和对的写法“${right}”字数不一样。`);
    if (wrong === right) faults.push(`错写“${wrong}”和对的写法相同。`);
  }
  return faults;
}

/** Lists the engine brings along. */
const builtIn = new Set(['数', '数字', '数量']);

function phraseFaults(text: string, words: SignalsPolicy['words']): string[] {
  const faults: string[] = [];
  for (const [, name] of text.matchAll(/【([^】]*)】/g)) {
    if (name === undefined || !(builtIn.has(name) || name in words))
      faults.push(`短语“${text}”引用了不存在的词表“${name ?? ''}”。`);
  }
  if (/[【】]/.test(text.replace(/【[^】]*】/g, ''))) faults.push(`短语“${text}”的【】没有成对。`);
  if (text.replace(/【数[字量]?】/g, '').replace(/…|\.{3}|。|\s/g, '') === '')
    faults.push(`短语“${text}”里没有实在的词。`);
  return faults;
}
