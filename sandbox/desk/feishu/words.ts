/** Feishu's wording on the desk: what it holds against us, and why a tap did not happen. */
import type { ComplaintKind, TapRefusal } from '../../feishu/index.ts';

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
  too_long: '写得太长了，输入框放不下。',
};
