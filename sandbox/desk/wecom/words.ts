/** WeCom's wording on the desk: what it holds against us, and why a tap did not happen. */
import type { ComplaintKind } from '../../wecom/complaints.ts';
import type { TapRefusal } from '../../wecom/tapping.ts';

export const COMPLAINTS: Readonly<Record<ComplaintKind, string>> = {
  late_ack: '超过 5 秒没有确认收到',
  refused_ack: '拒收了正常的推送',
  unreachable: '回调地址连不上',
  accepted_forgery: '收下了伪造的推送',
  bad_reply: '回调的应答格式不对',
  missing_token: '调用接口没带令牌',
  unknown_token: '用了不存在的令牌',
  expired_token: '用了过期的令牌',
  wrong_secret: '密钥不对',
  wrong_token_kind: '用错了应用的令牌',
  invalid_card: '卡片格式不合规范',
  used_response_code: '同一张卡片更新了两次',
  dropped_surplus: '给一个人发得太多，被丢掉了',
  over_webhook_rate: '群机器人发得太快',
  over_api_rate: '接口调用太频繁',
  bad_request: '请求参数有误',
  unknown_path: '调用了不存在的接口',
  bad_frame: '机器人长连接数据帧有误',
  unanswered: '有人 @ 了机器人，它没有回复',
};

export const TAP_REFUSALS: Readonly<Record<TapRefusal, string>> = {
  not_a_card: '这条消息不是卡片。',
  not_a_recipient: '这张卡片不是发给他的，他看不到。',
  recalled: '这张卡片已被撤回。',
  no_such_control: '卡片刚更新过，这个按钮已经没有了。',
  disabled: '这个按钮不能点。',
  no_such_option: '选项已经变了，请重新选。',
};
