/** DingTalk's wording on the desk: what it holds against us, and why a tap did not happen. */
import type { TapRefusal } from '../../dingtalk/cards/tapping.ts';
import type { ComplaintKind } from '../../dingtalk/complaints.ts';

export const COMPLAINTS: Readonly<Record<ComplaintKind, string>> = {
  late_ack: '超过 3 秒没有确认收到',
  refused_ack: '拒收了正常的推送',
  unreachable: '没有连接可以推送',
  accepted_forgery: '收下了伪造的推送',
  bad_ack: '确认的格式不对',
  bad_frame: '长连接数据帧有误',
  missed_ping: '没有回应心跳',
  reconnect_storm: '重连太频繁',
  bad_tap_answer: '按钮的应答格式不对',
  racing_update: '按钮还没应答就去更新卡片',
  invalid_card: '卡片格式不合规范',
  wrong_secret: '密钥不对',
  missing_token: '调用接口没带令牌',
  unknown_token: '用了不存在的令牌',
  expired_token: '用了过期的令牌',
  missing_scope: '没有这个接口的权限',
  dead_session: '会话回话地址已失效',
  over_api_rate: '接口调用太频繁',
  over_quota: '本月额度用完后还在调用',
  bad_request: '请求参数有误',
  unknown_path: '调用了不存在的接口',
};

export const TAP_REFUSALS: Readonly<Record<TapRefusal, string>> = {
  not_a_member: '这张卡片不是给他看的。',
  not_a_card: '这条消息不是卡片。',
  recalled: '这张卡片已被撤回。',
  no_such_control: '卡片刚更新过，这个按钮已经没有了。',
  dead_button: '这个按钮没有作用。',
};
