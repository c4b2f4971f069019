/** The setup doctor of Feishu: what a developer and an administrator have to have done, looked at from the server's side. */
import type { Agent } from 'node:http';
import { z } from 'zod';
import type { Channel, Inbound } from '../../src/channel/channel.ts';
import { DeliveryError } from '../../src/channel/delivery.ts';
import { bad, type Doctor, type Finding, good, judgeClock, judgePages, unknown } from '../../src/channel/doctor.ts';
import type { FeishuClient } from './client.ts';
import { asFailure, codeOf, remedyFor } from './doctor-failure.ts';
import { checkScopes } from './doctor-scopes.ts';
import { checkTransport } from './doctor-transport.ts';
import { platformDate } from './platform-date.ts';
import type { FeishuSettings } from './settings.ts';

export interface FeishuDoctorParts {
  readonly settings: FeishuSettings;
  readonly client: FeishuClient;
  readonly agent: Agent;
  readonly inbound: Pick<Inbound, 'isOurTenant'>;
  readonly deliver: Channel['deliver'];
  readonly now: () => number;
}

export function createDoctor(parts: FeishuDoctorParts): Doctor {
  const { settings, client, agent, now } = parts;
  return async function* diagnose({ publicUrl, testMessageTo }) {
    const { usable, findings } = await bot(parts);
    yield* findings;
    yield judgeClock(await platformDate(agent, settings.apiBase).catch(() => null), now());
    yield judgePages(publicUrl);
    if (usable) {
      yield await company(parts);
      yield await checkScopes(client);
      yield await range(client);
      yield await groups(client);
    }
    yield await checkTransport(settings, agent, publicUrl, now());
    if (usable && testMessageTo !== null) yield await testMessage(parts, testMessageTo);
  };
}

const credentials = '应用凭证';
const wrongCredentials = [10003, 10014, 10015];
const foreignIp = 99991401;
const capability = '机器人';
const active = 2;
const botReply = z.object({
  bot: z.object({ app_name: z.string().default(''), activate_status: z.number().default(active) }),
});

/** The first call of all: it brings the token, too. */
async function bot({ client }: FeishuDoctorParts): Promise<{ findings: Finding[]; usable: boolean }> {
  const taken = good(credentials, 'App ID 和 App Secret 拿到了访问凭证。');
  try {
    const reply = await client.asApp((lark, auth) =>
      lark.request<unknown>({ method: 'GET', url: '/open-apis/bot/v3/info' }, auth),
    );
    const { app_name: name, activate_status: status } = botReply.parse(reply).bot;
    if (status === active) return { findings: [taken, good(capability, `「${name}」已启用。`)], usable: true };
    const remedy = '开放平台 → 版本管理与发布 → 发布版本；管理后台 → 工作台 → 应用管理 → 启用「聊单」。';
    return { findings: [taken, bad(capability, `「${name}」还没有启用（状态 ${status}）。`, remedy)], usable: true };
  } catch (error) {
    const failure = asFailure(error);
    const remedy = remedyFor(failure);
    if (failure.kind !== 'refused')
      return { findings: [bad(credentials, '连不上飞书的接口。', remedy)], usable: false };
    if (wrongCredentials.includes(failure.code ?? 0)) {
      return { findings: [bad(credentials, `飞书不认（${failure.code}）。`, remedy)], usable: false };
    }
    if (failure.code === foreignIp) return { findings: [taken, bad('IP 白名单', '调用被拒。', remedy)], usable: false };
    const steps = '开放平台 → 添加应用能力 → 机器人 → 版本管理与发布 → 发布新版本。';
    const found = failure.isRefusal
      ? bad(capability, `读不到机器人（${codeOf(failure)}）。`, `${steps}飞书的说明：${remedy}`)
      : unknown(capability, `飞书暂时没有答复（${codeOf(failure)}）。`, remedy);
    return { findings: [taken, found], usable: failure.isRefusal };
  }
}

async function company({ client, inbound }: FeishuDoctorParts): Promise<Finding> {
  const check = '企业';
  try {
    const tenant = (await client.asApp((lark, auth) => lark.tenant.v2.tenant.query({}, auth))).data?.tenant;
    if (!tenant?.tenant_key) return unknown(check, '飞书没有说应用属于哪家企业。');
    if (await inbound.isOurTenant(tenant.tenant_key)) return good(check, `应用属于「${tenant.name ?? ''}」。`);
    const remedy = '核对 FEISHU_APP_ID；确实换了企业，就换一个数据库（DATABASE_URL）。';
    return bad(check, `应用属于「${tenant.name ?? ''}」，与数据库里绑定的企业不是同一家。`, remedy);
  } catch (error) {
    return refused(check, '读不到企业信息', error);
  }
}

/** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/scope/list */
async function range(client: FeishuClient): Promise<Finding> {
  const check = '通讯录范围';
  try {
    const reply = await client.asApp((lark, auth) =>
      lark.contact.v3.scope.list({ params: { page_size: 100, user_id_type: 'open_id' } }, auth),
    );
    const { department_ids: departments = [], user_ids: people = [], has_more: more = false } = reply.data ?? {};
    if (departments.length + people.length === 0) {
      const remedy = '开放平台 → 权限管理 → 通讯录权限范围 → 选所有要用的同事 → 发布新版本。';
      return bad(check, '没有任何人：同事会显示成“同事”，也认不出是谁。', remedy);
    }
    return good(check, `${departments.length} 个部门、${people.length} 位单独加的同事${more ? '以上' : ''}。`);
  } catch (error) {
    return refused(check, '读不到通讯录权限范围', error);
  }
}

async function groups(client: FeishuClient): Promise<Finding> {
  const check = '机器人所在的群';
  try {
    const reply = await client.asApp((lark, auth) => lark.im.v1.chat.list({ params: { page_size: 20 } }, auth));
    const count = reply.data?.items?.length ?? 0;
    if (count > 0) return good(check, `${count} 个${reply.data?.has_more ? '以上' : ''}。`);
    return unknown(check, '还没有进任何群，只能私聊。', '在飞书里打开客户群 → 设置 → 群机器人 → 添加「聊单」。');
  } catch (error) {
    return refused(check, '读不到群列表', error);
  }
}

async function testMessage({ deliver, now }: FeishuDoctorParts, openId: string): Promise<Finding> {
  const check = '测试消息';
  try {
    const text = '聊单诊断：收到这条，说明机器人能给你发消息。';
    await deliver({ kind: 'text.send', key: `doctor-${now()}`, to: { kind: 'person', id: openId }, text });
    return good(check, `已发给 ${openId}，请他看看飞书。`);
  } catch (error) {
    const says = error instanceof DeliveryError ? error.message : '发送失败。';
    return bad(check, `没有发到 ${openId}。`, `${says}编号要填这个应用里的 open_id（ou_ 开头）。`);
  }
}

function refused(check: string, what: string, error: unknown): Finding {
  const failure = asFailure(error);
  const detail = `${what}（${codeOf(failure)}）。`;
  return failure.isRefusal ? bad(check, detail, remedyFor(failure)) : unknown(check, detail, remedyFor(failure));
}
