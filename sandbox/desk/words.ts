/** The desk's wording: what outcomes, refusals and complaints mean, as one would say it to a salesperson. */
import type { DecisionOutcome } from '../../src/crm/rows/words.ts';
import type { ComplaintKind, TapRefusal } from '../feishu/index.ts';
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

export const COMPLAINTS: Readonly<Record<ComplaintKind, string>> = {
  late_ack: '超过 3 秒没有确认收到',
  refused_ack: '拒收了正常的推送',
  unreachable: '回调地址连不上',
  accepted_forgery: '收下了伪造的推送',
  bad_tap_answer: '按钮的应答格式不对',
  missing_token: '调用接口没带令牌',
  unknown_token: '用了不存在的令牌',
  expired_token: '用了过期的令牌',
  invalid_card: '卡片格式不合规范',
  racing_update: '同一张卡片两处同时更新',
  update_too_late: '卡片过期后还在更新',
  long_uuid: '幂等号太长',
  over_qps: '发得太快（单个接收者）',
  over_api_rate: '接口调用太频繁',
  bad_request: '请求参数有误',
  unknown_path: '调用了不存在的接口',
  bad_frame: '长连接数据帧有误',
};

export const TAP_REFUSALS: Readonly<Record<TapRefusal, string>> = {
  not_a_member: '他不在这个会话里，看不到这张卡片。',
  not_a_card: '这条消息不是卡片。',
  recalled: '这张卡片已被撤回。',
  expired: '卡片超过 14 天，飞书不再受理点击。',
  no_such_control: '卡片刚更新过，这个按钮已经没有了。',
  disabled: '这个按钮不能点。',
  cancelled: '已取消。',
  busy: '上一次点击还在处理，请稍等。',
  required_field: '请先选好再提交。',
  no_such_option: '选项已经变了，请重新选。',
};

export const ROLES: Readonly<Record<string, string>> = { sales: '销售', manager: '主管', admin: '管理员' };
