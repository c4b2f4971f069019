/** The setup doctor of DingTalk: what a developer and an administrator have to have done, looked at from the server's side. */
import { bad, type Doctor, type Finding, good, judgeClock, judgePages, unknown } from '../../src/channel/doctor.ts';
import type { Agents } from './agents.ts';
import { ApiFailure } from './api-failure.ts';
import { asFailure, codeOf } from './doctor-failure.ts';
import {
  checkQuota,
  checkRobot,
  checkTemplate,
  explain,
  type SendingParts,
  sendTestMessage,
} from './doctor-sending.ts';
import { checkCallback, checkStream } from './doctor-transport.ts';
import { isPermissionCode } from './error-rules.ts';
import { explainFailure } from './errors.ts';
import { request } from './http.ts';
import { field } from './json.ts';
import { platformDate } from './platform-date.ts';

export interface DingtalkDoctorParts extends SendingParts {
  readonly agents: Agents;
}

export function createDoctor(parts: DingtalkDoctorParts): Doctor {
  const { settings, agents, now } = parts;
  return async function* diagnose({ publicUrl, testMessageTo }) {
    const { usable, findings } = await addressBook(parts);
    yield* findings;
    yield judgeClock(await platformDate(agents, settings.oapiBase).catch(() => null), now());
    yield judgePages(publicUrl);
    if (usable) {
      yield await company(parts);
      yield await member(parts, testMessageTo);
    }
    yield await checkStream(settings, agents);
    const callback = checkCallback(settings, publicUrl, now());
    if (callback) yield await callback;
    yield* checkQuota(parts);
    if (!usable) return;
    yield await checkRobot(parts);
    yield await checkTemplate(parts);
    if (testMessageTo !== null) yield await sendTestMessage(parts, testMessageTo);
  };
}

const credentials = '应用凭证';
const wrongCredentials = ['invalidClientIdOrSecret', '40096'];
const foreignIp = ['Forbidden.AccessDenied.IpNotInWhiteList', '60020'];
/** The department is outside the app's range of the address book. */
const outOfRange = ['50002', '50004'];
const rootDepartment = 1;
const rangePage = '开放平台 → 版本管理与发布 → 可用范围，和权限管理 → 通讯录权限范围 → 选所有要用的同事 → 发布新版本。';

/** The first call of all: it brings the token, too, and costs nothing of the month's quota. */
async function addressBook({
  client,
  settings,
}: DingtalkDoctorParts): Promise<{ findings: Finding[]; usable: boolean }> {
  const check = '通讯录范围';
  const taken = good(credentials, 'Client ID 和 Client Secret 拿到了访问凭证。');
  try {
    await client.oapi('/topapi/v2/department/listsubid', { dept_id: rootDepartment });
    return { findings: [taken, good(check, '读得到整个公司的部门。')], usable: true };
  } catch (error) {
    const failure = asFailure(error);
    const said = explainFailure(failure, settings.clientId);
    if (failure.kind !== 'refused') {
      return { findings: [bad(credentials, `连不上钉钉的接口（${codeOf(failure)}）。`, said)], usable: false };
    }
    if (failure.is(...wrongCredentials)) {
      return { findings: [bad(credentials, `钉钉不认（${codeOf(failure)}）。`, said)], usable: false };
    }
    if (failure.is(...foreignIp)) return { findings: [taken, bad('IP 白名单', '调用被拒。', said)], usable: false };
    if (failure.is(...outOfRange))
      return { findings: [taken, unknown(check, '不是整个公司。', rangePage)], usable: true };
    // Messages and cards do without it: only the list of colleagues stays short.
    const finding = isPermissionCode(failure.code)
      ? unknown(check, `没有开通读部门的权限（${failure.scopes.join('、')}），组织架构读不来。`, said)
      : explain(check, error, settings.clientId);
    return { findings: [taken, finding], usable: true };
  }
}

/** A token for this company alone: the platform gives none where the app is not its own. */
async function company({ settings, agents }: DingtalkDoctorParts): Promise<Finding> {
  const check = '企业';
  const { apiBase, corpId, clientId, clientSecret } = settings;
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  try {
    const url = new URL(`${apiBase}/v1.0/oauth2/${corpId}/token`);
    const reply = await request(agents, { method: 'POST', url, body });
    const failure = ApiFailure.of(reply.status, reply.body);
    if (failure !== null) throw failure;
    return reply.body !== null && field(reply.body, 'access_token') !== undefined
      ? good(check, 'CorpId 是这个应用所属的企业。')
      : unknown(check, '钉钉没有说应用是否属于这家企业。');
  } catch (error) {
    const failure = asFailure(error);
    // 404: the path is not there, as behind a gateway of one's own.
    if (failure.kind !== 'refused' || failure.status >= 500 || failure.is('404')) {
      return unknown(check, `没有问到（${codeOf(failure)}）。`, '到开放平台首页右上角核对 CorpId。');
    }
    const remedy = '开放平台首页右上角，点企业名称旁的图标，整段复制 CorpId，填进 DINGTALK_CORP_ID，重启聊单。';
    return bad(check, `应用不属于 DINGTALK_CORP_ID 这家企业（${codeOf(failure)}），它的消息会全部被拒收。`, remedy);
  }
}

/** Nobody has this id, so being told so is leave to read. */
const nobody = 'liaodan-doctor';
const unknownPerson = ['60121', '50002', '50004', '33012'];

async function member({ client, settings }: DingtalkDoctorParts, userId: string | null): Promise<Finding> {
  const check = '成员信息权限';
  try {
    await client.oapi('/topapi/v2/user/get', { userid: userId ?? nobody, language: 'zh_CN' });
    return good(check, '读得到同事的姓名。');
  } catch (error) {
    if (!asFailure(error).is(...unknownPerson)) return explain(check, error, settings.clientId);
    if (userId === null) return good(check, '已开通。');
    return bad(check, `读不到 ${userId}：没有这个人，或不在范围内。`, `核对员工 UserID；${rangePage}`);
  }
}
