/** DingTalk's error codes, one line each: what the code means for an order, and the sentence a person reads. */
import type { DeliveryError } from '../../src/channel/delivery.ts';

export interface Rule {
  readonly outcome: DeliveryError['outcome'];
  /** What it means and what to do, Chinese; `{scope}`, `{link}` and `{ip}` are filled in. */
  readonly say: string;
  /** `month`: until the quota is tried again. */
  readonly wait?: number | 'month';
  /** The word the core knows, where it reacts to this case. */
  readonly code?: string;
}

/** Asking again would bring the same answer. */
const never = (say: string, code?: string): Rule => ({ outcome: 'permanent', say, ...(code ? { code } : {}) });
/** It may pass, or a person can mend it: worth trying again for a while. */
const mendable = (say: string): Rule => ({ outcome: 'retryable', say });
const later = (say: string, wait: number | 'month'): Rule => ({ outcome: 'throttled', say, wait });

const minute = 60_000;
const tooFast = later('对这个接口的调用太密，稍后再试。', 1_000);
const monthOver = later(
  '企业本月的钉钉 API 调用额度已用完，下月 1 日恢复：请在钉钉开发者后台「用量管理」提升额度，提升之前能用会话回复的仍会发出。',
  'month',
);
const badToken = mendable('访问凭证失效，稍后会换新的再试。');
const busy = mendable('钉钉内部繁忙，稍后会再试。');
const foreignIp = mendable('服务器的 IP {ip} 不在应用的白名单里：请在应用的「安全设置」里加上它。');
const wrongRobot = never('机器人不属于这个应用：请核对 DINGTALK_ROBOT_CODE，一般与 DINGTALK_CLIENT_ID 相同。');
const noGroup = never('钉钉里没有这个群。');
const unsafe = never('内容含有敏感信息，被钉钉拦下。');
const noCard = never('卡片已不存在，钉钉不再接受更新。', 'update_window_closed');
const noTemplate = never('卡片模板不存在或没有发布：请核对 DINGTALK_CARD_TEMPLATE_ID。');
const badRequest = never('钉钉不接受请求里的参数。');
// Granting it takes an administrator minutes, a published version perhaps an hour.
const noPermission = mendable('应用缺少权限 {scope}：请打开 {link} 开通，然后发布新版本。');

export const unreachableNet = mendable(
  '连不上钉钉：请检查服务器的网络、代理和 DINGTALK_API_BASE、DINGTALK_OAPI_BASE。',
);
export const banned = later(
  '服务器的请求被钉钉的防火墙拦下，通常 5 分钟后恢复；一直如此请检查代理和接口地址。',
  5 * minute,
);
export const overloaded = mendable('钉钉暂时没有应答，稍后会再试。');
export const refused = never('钉钉拒绝了这个请求。');

export const isPermissionCode = (code: string | null): boolean => code !== null && rules[code] === noPermission;
export const isMonthOverCode = (code: string | null): boolean => code !== null && rules[code] === monthOver;
export const isTemplateCode = (code: string | null): boolean => code !== null && rules[code] === noTemplate;
/** Where a session webhook refuses so, the API would refuse as well. */
export const isSameByApi = (code: string | null): boolean =>
  code !== null && [tooFast, unsafe].includes(rules[code] ?? refused);
/** Refusals before the call was carried out: the platform does not count them (dingtalk.md §6.1). */
export const isUncounted = (code: string | null): boolean =>
  code !== null && [tooFast, monthOver, badToken, foreignIp, noPermission].includes(rules[code] ?? refused);

const denied = 'Forbidden.AccessDenied';

/** Words of api.dingtalk.com, digits of oapi (dingtalk.md §3.2, §3.3, §4.1, §4.2, §6.2). */
export const rules: Readonly<Record<string, Rule>> = {
  invalidClientIdOrSecret: mendable(
    'ClientID 或 ClientSecret 不对：请核对 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET。',
  ),
  40096: mendable('ClientID 或 ClientSecret 不对：请核对 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET。'),
  InvalidAuthentication: badToken,
  'AuthenticationFailed.MissingParameter': badToken,
  40000: badToken,
  40014: badToken,
  42001: badToken,
  [`${denied}.AccessTokenPermissionDenied`]: noPermission,
  60011: noPermission,
  [`${denied}.QpsLimitForAppkeyAndApi`]: tooFast,
  [`${denied}.QpsLimitForApi`]: tooFast,
  [`${denied}.QpmLimitForAppkeyAndApi`]: later('对这个接口的调用太密，一分钟后再试。', minute),
  90002: tooFast,
  90018: tooFast,
  'send.too.fast': tooFast,
  'send.byToken.tooFast': tooFast,
  410100: tooFast,
  [`${denied}.ApiCountLimitForOrg`]: monthOver,
  90020: monthOver,
  [`${denied}.IpNotInWhiteList`]: foreignIp,
  60020: foreignIp,
  404: mendable('接口地址不对：请检查 DINGTALK_API_BASE。'),
  22: mendable('接口地址不对：请检查 DINGTALK_OAPI_BASE。'),
  33001: mendable('钉钉不认这家企业：请核对 DINGTALK_CORP_ID 和应用所属的企业。'),
  60121: never('钉钉里没有这个人。'),
  300001: never('会话回复的地址已失效。'),
  400013: never('群已解散。'),
  400102: never('机器人已被停用。'),
  40035: badRequest,
  43009: badRequest,
  400002: badRequest,
  'invalidParameter.robotCode.empty': wrongRobot,
  'invalidParameter.robotCode.notExsit': wrongRobot,
  'invalidParameter.robotCode.invalid': wrongRobot,
  'invalidParameter.robotCode.auth': wrongRobot,
  'robot.oto.notExist': mendable('应用没有机器人能力：请在「添加应用能力」里添加机器人并发布版本。'),
  'chatbotId.notAllow.sendOTO': mendable('机器人不能发单聊消息：请在机器人配置里开启并发布版本。'),
  'invalidParameter.userIds.empty': badRequest,
  'invalidParameter.msgKey.invalid': badRequest,
  'invalidParameter.msgParam.invalid': badRequest,
  'invalidParameter.msgParam.tooLong': never('内容超过钉钉的长度上限（15,000 字节）。'),
  'staffId.notExisted': never('钉钉里没有这个人。'),
  'miss.openConversationId': noGroup,
  'invalid.openConversationId': noGroup,
  'group.disbanded': never('群已解散。'),
  'resource.not.found': never('机器人不在这个群里：请先把机器人加进群。'),
  'bot.stopped': never('机器人已被停用。'),
  'conversation.org.notMatch': never('群不属于这家企业：机器人只能进内部群。'),
  'contain.notAllowed.text': unsafe,
  'contain.notAllowed.content': unsafe,
  'contain.unsafe.url': unsafe,
  'param.contentUnsafe': unsafe,
  'param.templateNotExist': noTemplate,
  'param.templateUnpublished': noTemplate,
  'param.cardTemplateIdEmpty': noTemplate,
  'param.cardNotExist': noCard,
  'param.userIdNotExist': never('钉钉里没有这个人。'),
  'param.openSpaceIdInvalid': badRequest,
  'system.busy': busy,
  'system.error': busy,
  unknownError: busy,
  88: overloaded,
  '-1': busy,
};
