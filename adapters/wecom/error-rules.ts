/** WeCom's error codes, one line each: what the code means for an order, and the sentence a person reads. */
import type { DeliveryError } from '../../src/channel/delivery.ts';

export interface Rule {
  readonly outcome: DeliveryError['outcome'];
  /** What it means and what to do, Chinese. `{ip}` stands for our address as the platform saw it. */
  readonly say: string;
  readonly waitMs?: number;
  /** The word the core knows, where it reacts to this case. */
  readonly code?: string;
}

/** Asking again would bring the same answer. */
const never = (say: string, code?: string): Rule => ({ outcome: 'permanent', say, ...(code ? { code } : {}) });
const again = (say: string): Rule => ({ outcome: 'retryable', say });
const later = (say: string, waitMs: number): Rule => ({ outcome: 'throttled', say, waitMs });

export const unreachableNet = again('连不上企业微信：请检查服务器的网络、代理和 WECOM_API_BASE。');
/** A code that is in no list of ours. */
const unknownCode = never('企业微信拒绝了这个请求。');

const card = never('企业微信不接受这张卡片的内容。');
const stranger = never('企业微信里没有这个人，或不在应用的可见范围内：请在应用页的「可见范围」里加上。');
const group = never('企业微信里没有这个群，或不是由本应用创建的：请检查群的 chatid。');
const service = '请在「应用管理 → 微信客服 → API」里检查可调用接口的应用和可管理的客服账号。';
const token = again('访问凭证失效，稍后会换新的再试。');

/**
 * https://developer.work.weixin.qq.com/document/path/90313. Wrong secret, foreign address and missing rights need an
 * administrator: trying on brings nothing, and many tries with a wrong secret get our address banned for an hour.
 */
export const rules: Readonly<Record<number, Rule>> = {
  [-1]: again('企业微信系统繁忙，稍后会再试。'),
  6000: again('企业微信的数据正在变动，稍后会再试。'),
  40001: never('Secret 不对，或应用已停用：请核对 WECOM_SECRET 和 WECOM_CORP_ID 是否属于同一个应用，改好后重启。'),
  40003: stranger,
  40008: never('企业微信不接受这种消息类型。'),
  40013: never('企业 ID 不对：请在「我的企业 → 企业信息」核对 WECOM_CORP_ID，改好后重启。'),
  40014: token,
  41001: token,
  42001: token,
  301002: never('AgentId 不是这个 Secret 的应用：请核对 WECOM_AGENT_ID 和 WECOM_SECRET，前后不要多空格，改好后重启。'),
  40031: stranger,
  40056: never('AgentId 不对：请在应用页核对 WECOM_AGENT_ID。'),
  40058: never('企业微信不接受请求里的参数。'),
  40063: never('企业微信不接受请求里的参数。'),
  40096: never('这个客户的编号不属于本企业。'),
  41050: never('欢迎语的有效期是 20 秒，已经过了。', 'welcome_over'),
  41051: never('双方已经聊过，不再需要欢迎语。', 'welcome_over'),
  41096: again('另一个应用正在给这位客户发欢迎语，稍后再看。'),
  42014: card,
  42015: never('这张卡片是别的应用发的，不能更新。'),
  42052: never('消息已超过 24 小时，不能撤回。'),
  43012: never('应用没有设置回调地址，不能发带按钮的卡片：请在「接收消息 → 设置 API 接收」里填好并保存。'),
  44004: never('文字是空的。'),
  45002: never('内容超过企业微信的长度上限。'),
  45009: later('接口调用太频繁，企业微信让我们等一分钟。', 60_000),
  45033: later('同时调用太多，稍后再试。', 2_000),
  45035: later('接口调用太频繁，稍后再试。', 60_000),
  45036: later('接口调用太频繁，稍后再试。', 60_000),
  48001: never('应用没有这个接口的权限。'),
  48002: never(
    '应用没有这个接口的权限：请检查「客户联系 → 可调用接口的应用」或「微信客服 → 可调用接口的应用」里有没有本应用；会话存档要用它自己的 Secret。',
  ),
  48006: never('应用太久没有使用，接口权限被收回：请管理员在应用页重新启用。'),
  48011: never('应用活跃人数太少，接口权限受限：请让更多同事使用，或联系企业微信客服。'),
  50002: stranger,
  50003: never('应用已停用：请管理员在应用页启用。'),
  60011: never('应用没有读取这位成员的权限：请扩大应用的可见范围。'),
  60020: never('服务器的 IP {ip} 不在「企业可信IP」里：请在应用页最下方的「企业可信IP」加上它，一分钟后生效。'),
  60021: stranger,
  60030: never('接待人员不在应用的可见范围内：请在应用页的「可见范围」里加上。'),
  60111: stranger,
  60140: never('卡片的更新机会已用过，或已超过 72 小时。', 'update_window_closed'),
  81013: stranger,
  82001: stranger,
  82101: never('没有收到这张卡片的人，不能更新。', 'update_window_closed'),
  82102: never('没有收到这张卡片的人，不能更新。', 'update_window_closed'),
  84061: never('企业微信里没有这层客户关系。'),
  84074: never('这位同事没有开通客户联系：请在「客户联系 → 使用范围」里加上。'),
  84084: never('这位同事没有添加这位客户。'),
  86001: group,
  86003: group,
  86008: group,
  49008: group,
  93000: never('群机器人的地址不对，或已在群里移除：请在群里重新复制 Webhook 地址，改好 WECOM_GROUP_WEBHOOKS 后重启。'),
  93001: never('这个群不允许消息推送：请在群设置里打开「消息推送」（群机器人）。'),
  93004: never('群机器人已被停用：请在群里重新启用，或添加新的并改好 WECOM_GROUP_WEBHOOKS 后重启。'),
  93008: never('群机器人已不在群里：请重新添加，改好 WECOM_GROUP_WEBHOOKS 后重启。'),
  95000: never(`客服账号不对。${service}`),
  95004: never(`客服账号不存在或已删除。${service}`),
  95011: never('微信客服开在独立版里：请在微信客服后台改为「在企业微信内使用」。'),
  95012: never('微信客服还没有改为「在企业微信内使用」。'),
  95013: never('会话已经结束。', 'session_over'),
  95016: never('会话现在的状态不能这样分配。', 'session_over'),
  95014: never('接待人员没有激活企业微信，或不是这个客服账号的接待人员。'),
  95019: never('接待人员没有在接待中：请在手机企业微信「工作台 → 微信客服」里打开接待。'),
  95017: never('微信客服的 API 开关没有打开。'),
  95023: never(`客服账号由别的服务商应用管理。${service}`),
  48007: never(`客服账号没有交给本应用管理。${service}`),
};

/** 42017 to 42051 are each a fault of one field of a card. */
export function ruleFor(code: number): Rule {
  return rules[code] ?? (code > 42014 && code < 42052 ? card : unknownCode);
}
