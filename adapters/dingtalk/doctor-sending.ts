/** What is needed to reach people: the month's calls, the robot, the card template, and a message to somebody who asked for one. */
import type { Channel, UsageMeter } from '../../src/channel/channel.ts';
import { DeliveryError } from '../../src/channel/delivery.ts';
import { bad, type Finding, good, unknown } from '../../src/channel/doctor.ts';
import type { DingtalkClient } from './client.ts';
import { asFailure, codeOf } from './doctor-failure.ts';
import { isMonthOverCode, isPermissionCode, isTemplateCode } from './error-rules.ts';
import { explainFailure } from './errors.ts';
import type { DingtalkSettings } from './settings.ts';

export interface SendingParts {
  readonly settings: DingtalkSettings;
  readonly client: DingtalkClient;
  readonly usage: Pick<UsageMeter, 'used'>;
  readonly deliver: Channel['deliver'];
  readonly now: () => number;
}

const shortPercent = 90;
const buy = '开发者后台 → 用量管理 → 升级专业版或买加量包，再把新的次数填进';

/** By our own count: the platform tells nobody. Two probes follow that cost one call each. */
export function checkQuota({ settings, usage }: SendingParts): readonly Finding[] {
  const judge = (check: string, kind: string, limit: number, variable: string): Finding => {
    const used = usage.used(kind);
    const facts = `聊单本月用了 ${used} 次，上限 ${limit} 次。`;
    if (used * 100 >= limit * shortPercent) {
      return bad(check, `${facts}快用完或已用完。`, `${buy} ${variable}，重启聊单；不升级就等下月 1 日。`);
    }
    return good(check, `${facts}同企业其他应用用掉的不在内。`);
  };
  return [
    judge('本月 API 额度', 'api', settings.callsPerMonth, 'DINGTALK_MONTHLY_CALLS'),
    judge('本月推送额度', 'push', settings.pushesPerMonth, 'DINGTALK_MONTHLY_PUSHES'),
  ];
}

const cost = '（这一项占 1 次 API 额度）';
const noReceiver = 'invalidParameter.userIds.empty';

/** A message to nobody: who may send is told that a receiver is missing (dingtalk.md §3.3). */
export async function checkRobot({ client, settings }: SendingParts): Promise<Finding> {
  const check = '机器人发消息';
  try {
    await client.api('POST', '/v1.0/robot/oToMessages/batchSend', {
      robotCode: settings.robotCode,
      userIds: [],
      msgKey: 'sampleText',
      msgParam: JSON.stringify({ content: '聊单诊断' }),
    });
    return good(check, `有权限，机器人编码对。${cost}`);
  } catch (error) {
    if (asFailure(error).is(noReceiver)) return good(check, `有权限，机器人编码对。${cost}`);
    return explain(check, error, settings.clientId);
  }
}

/** A card that is made and brought to nobody: only so does the platform look at the template. */
export async function checkTemplate({ client, settings, now }: SendingParts): Promise<Finding> {
  const check = '卡片权限和模板';
  try {
    await client.api('POST', '/v1.0/card/instances', {
      cardTemplateId: settings.templateId,
      outTrackId: `liaodan-doctor-${now()}`,
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: '聊单诊断', markdown: '这张卡片没有发给任何人。' } },
      userIdType: 1,
    });
    return good(check, `能建卡片，模板可用；建的这张没有发给任何人。${cost}`);
  } catch (error) {
    const failure = asFailure(error);
    if (!isTemplateCode(failure.code)) return explain(check, error, settings.clientId);
    const remedy =
      '卡片平台 → 打开这个模板 → 关联到「聊单」应用 → 发布，把模板 ID 填进 DINGTALK_CARD_TEMPLATE_ID；不用自己的模板就删掉这一行。';
    return bad(check, `模板 ${settings.templateId} 不存在或没有发布。`, remedy);
  }
}

export async function sendTestMessage({ deliver, now }: SendingParts, userId: string): Promise<Finding> {
  const check = '测试消息';
  try {
    const text = '聊单诊断：收到这条，说明机器人能给你发消息。';
    await deliver({ kind: 'text.send', key: `doctor-${now()}`, to: { kind: 'person', id: userId }, text });
    return good(check, `已发给 ${userId}，请他看看钉钉。${cost}`);
  } catch (error) {
    const says = error instanceof DeliveryError ? error.message : '发送失败。';
    return bad(check, `没有发到 ${userId}。`, `${says}编号要填管理后台通讯录里的员工 UserID。`);
  }
}

/** The platform's no, with what to do; `unknown` where another try may bring another answer. */
export function explain(check: string, error: unknown, clientId: string): Finding {
  const failure = asFailure(error);
  const remedy = explainFailure(failure, clientId);
  if (isPermissionCode(failure.code)) {
    return bad(check, `缺少权限 ${failure.scopes.join('、') || '（钉钉没有说是哪个）'}。`, remedy);
  }
  const passing = failure.kind !== 'refused' || failure.status >= 500 || isMonthOverCode(failure.code);
  return passing
    ? unknown(check, `这次没有问到（${codeOf(failure)}）。`, remedy)
    : bad(check, `钉钉没有接受（${codeOf(failure)}）。`, remedy);
}
