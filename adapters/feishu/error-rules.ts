/** Feishu's error codes, one line each: what the code means for an order, and the sentence a person reads. */
import type { DeliveryError } from '../../src/channel/delivery.ts';

export interface Rule {
  readonly outcome: DeliveryError['outcome'];
  /** What it means and what to do, Chinese. */
  readonly say: string;
  readonly waitMs?: number;
  /** The word the core knows, where it reacts to this case. */
  readonly code?: string;
}

/** Asking again would bring the same answer. */
export const never = (say: string, code?: string): Rule => ({ outcome: 'permanent', say, ...(code ? { code } : {}) });
/** A person can mend it (a scope, a switch, a secret): worth trying again for a while. */
export const mendable = (say: string): Rule => ({ outcome: 'retryable', say });
/** Wait so long, unless the reply says how long. */
export const later = (say: string, waitMs: number): Rule => ({ outcome: 'throttled', say, waitMs });

const hour = 3_600_000;
export const unreachableNet = '连不上飞书：请检查服务器的网络、代理和 FEISHU_API_BASE。';
const closed = '卡片发出已超过 14 天，飞书不再接受更新。';

/** Codes of 通用错误码, of im/v1 message and chat, and of the card engine (docs of each API, 错误码). */
export const rules: Readonly<Record<number, Rule>> = {
  10003: mendable('飞书不认这个 App ID：请核对 FEISHU_APP_ID。'),
  10014: mendable('App ID 或 App Secret 不对：请在「凭证与基础信息」核对后重新填写。'),
  10015: mendable('App Secret 不对：请在「凭证与基础信息」核对后重新填写 FEISHU_APP_SECRET。'),
  2200: mendable('飞书内部出错，稍后会再试。'),
  11232: later('飞书整体繁忙，稍后再发。', 5_000),
  11233: later('这个群里的机器人消息太密，稍后再发。', 1_000),
  11310: never('飞书不接受这张卡片的内容。'),
  40004: never('部门不在应用的通讯录权限范围内：请在「权限管理 → 通讯录权限范围」里加上，并发布版本。'),
  40001: never('飞书不接受请求里的参数。'),
  41012: never('飞书里没有这个人。'),
  41050: never('这个人不在应用的通讯录权限范围内：请在「权限管理 → 通讯录权限范围」里加上。'),
  230001: never('飞书不接受请求里的参数。'),
  230002: never('机器人不在这个群里：请先把应用的机器人拉进群。'),
  230006: mendable('应用没有开启机器人能力：请在「添加应用能力」里开启并发布版本。'),
  230011: never('原消息已被撤回。'),
  230012: never('这条消息不是本应用发的，不能更新。'),
  230013: never('这个人不在应用的可用范围内，或已离职：请在「版本管理与发布」里扩大可用范围。'),
  230017: never('消息里的资源不属于本应用。'),
  230018: never('群设置不允许机器人发言：请群主调整发言权限。'),
  230019: never('话题已不存在。'),
  230020: later('发得太密：同一个人或同一个群每秒最多 5 条，稍后再发。', 1_000),
  230022: never('内容含有敏感信息，被飞书拦下。'),
  230025: never('内容超过飞书的长度上限（卡片 30 KB，文本 150 KB）。'),
  230027: never('没有权限发到这里（可能是外部群）：请检查应用权限和对外共享设置。'),
  230028: never('内容被企业的数据防泄漏策略拦下（明文手机号、邮箱常会触发）。'),
  230029: never('这个人已离职。'),
  230031: never(closed, 'update_window_closed'),
  230034: never('飞书里没有这个接收人或群。'),
  230035: never('机器人在这里被禁言或屏蔽。'),
  230038: never('不能给其他企业的人发单聊消息。'),
  230049: later('上一次同样的发送还在进行。', 1_000),
  230053: never('这个人已停收机器人的消息。'),
  230054: never('这条消息的类型不支持这个操作。'),
  230075: never('这条消息不支持这个操作。'),
  230099: never('飞书不接受这张卡片的内容。'),
  230110: never('原消息已被删除。'),
  232006: never('飞书里没有这个群。'),
  232009: never('群已解散。'),
  232010: never('群属于另一家企业。'),
  232011: never('机器人不在这个群里：请先把应用的机器人拉进群。'),
  232019: later('对群的请求太密，稍后再试。', 1_000),
  232024: never('成员或机器人在对方的可见范围之外。'),
  232025: mendable('应用没有开启机器人能力：请在「添加应用能力」里开启并发布版本。'),
  232033: never('没有外部群的权限：请开启对外共享。'),
  200810: later('有人正在操作这张卡片，稍后更新。', 1_000),
  99991201: mendable('接口地址不对：请检查 FEISHU_API_BASE。'),
  99991400: later('调用太频繁，稍后再试。', 1_000),
  99991401: mendable('服务器的 IP 不在应用的白名单里：请在「安全设置 → IP 白名单」里加上。'),
  99991403: later('本月的接口调用额度已用完：请在飞书管理后台提升额度，或等下个月。', hour),
  99991661: mendable('访问凭证缺失，稍后会换新的再试。'),
  99991663: mendable('访问凭证失效，稍后会换新的再试。'),
  99991664: mendable('访问凭证失效，稍后会换新的再试。'),
  99991665: mendable('访问凭证失效，稍后会换新的再试。'),
  99991672: mendable('应用缺少权限：请在「权限管理」开通接口要求的权限并发布版本。'),
  99992351: never('飞书里没有这个人。'),
  99992354: never('飞书里没有这条消息。'),
  99992360: never('飞书里没有这个人。'),
  99992361: never('这个人的 open_id 属于另一个应用：换过应用后需要重新同步人员。'),
  99992402: never('飞书不接受请求里的参数。'),
};
