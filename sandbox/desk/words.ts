/** The desk's wording: what outcomes, refusals and complaints mean, as one would say it to a salesperson. */
import type { DecisionOutcome } from '../../src/crm/rows/words.ts';
import type { Tone } from './view.ts';

/** Outcomes that need no facts of their own. */
export const OUTCOMES: Readonly<Record<Exclude<DecisionOutcome, 'advanced' | 'asked' | 'asked_deal'>, string>> = {
  noted: '记下了，但离现在这一步还远，不打扰人',
  already_there: '商机已在这个阶段，不用动',
  backwards: '商机已走过这一步，不会倒退',
  closed_deal: '商机已经结束，不再改动',
  not_from_stage: '这条规则不管当前阶段',
  cooldown: '刚触发过，冷却时间内不重复',
  open_card: '同样的问题正等负责人回答，不重复打扰',
  no_deal: '客户没有进行中的商机，只是打听，不打扰人',
  covered: '同一句里有走得更远的一步，并到那一步',
};

export const SUMMARIES: Readonly<Record<DecisionOutcome, { tone: Tone; text: string }>> = {
  advanced: { tone: 'good', text: '已推进' },
  asked: { tone: 'ask', text: '已问负责人' },
  asked_deal: { tone: 'ask', text: '已问是哪个商机' },
  noted: { tone: 'quiet', text: '只记下' },
  already_there: { tone: 'quiet', text: '已在这一步' },
  backwards: { tone: 'quiet', text: '不倒退' },
  closed_deal: { tone: 'quiet', text: '商机已结束' },
  not_from_stage: { tone: 'quiet', text: '没有动作' },
  cooldown: { tone: 'quiet', text: '不重复' },
  open_card: { tone: 'quiet', text: '已在等负责人' },
  no_deal: { tone: 'quiet', text: '没有动作' },
  covered: { tone: 'quiet', text: '并入更远一步' },
};

export const ROLES: Readonly<Record<string, string>> = { sales: '销售', manager: '主管', admin: '管理员' };
