/** The ways in that a company may have or not: customer contact, 微信客服, the AI bot, the archive. */
import { bad, type Finding, good, unknown } from '../../src/channel/doctor.ts';
import type { ApiFailure } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { asFailure } from './doctor-failure.ts';
import { explainFailure, isPassing } from './errors.ts';
import { textsField } from './json.ts';
import { listAccounts, noService } from './kf/accounts.ts';
import { canReach } from './reach.ts';
import type { WecomSettings } from './settings.ts';

export interface DoctorParts {
  readonly settings: WecomSettings;
  readonly client: WecomClient;
  /** Speaks with the secret of 客户联系 where there is one. */
  readonly contacts: WecomClient;
  /** Null where the archive is not bought. */
  readonly archive: Pick<WecomClient, 'post'> | null;
}

export async function* optionalParts(parts: DoctorParts): AsyncGenerator<Finding> {
  yield await customerContact(parts);
  yield await service(parts);
  if (parts.settings.bot !== null) {
    yield await bot(parts.settings.bot.url, Object.keys(parts.settings.proxy).length > 0);
  }
  if (parts.archive !== null) yield await archive(parts.archive);
}

const noRight = [48001, 48002];

/** https://developer.work.weixin.qq.com/document/path/92571 */
async function customerContact({ contacts, settings }: DoctorParts): Promise<Finding> {
  const check = '客户联系';
  const steps =
    '要客户资料：客户联系 → 客户 → API → 可调用接口的应用 → 加上「聊单」；再到客户联系 → 权限配置 → 使用范围，加上要用的同事。';
  try {
    const members = textsField(await contacts.get('externalcontact/get_follow_user_list'), 'follow_user');
    return members.length === 0
      ? unknown(check, '接口开通了，但可见范围内没有同事开通客户联系。', steps)
      : good(check, `可见范围内 ${members.length} 位同事开通了客户联系。`);
  } catch (error) {
    const failure = asFailure(error);
    if (settings.contactSecret !== null) return refused(check, failure, 'WECOM_CONTACT_SECRET 填错时也会这样。');
    return failure.is(...noRight) ? unknown(check, '没有开通，新客户不会带出资料。', steps) : refused(check, failure);
  }
}

async function service({ client }: DoctorParts): Promise<Finding> {
  const check = '微信客服';
  const steps =
    '要听客户的话：应用管理 → 微信客服 → 打开「在企业微信内使用」→ API → 可调用接口的应用 → 加「聊单」→ 可管理的客服账号里勾上账号。';
  try {
    const accounts = await listAccounts(client);
    return accounts.length === 0
      ? unknown(check, '接口开通了，但没有交给本应用管理的客服账号。', steps)
      : good(check, `${accounts.length} 个客服账号由本应用管理。`);
  } catch (error) {
    const failure = asFailure(error);
    if (!failure.is(...noService)) return refused(check, failure);
    return unknown(check, `没有在用（${failure.code}）。`, steps);
  }
}

/** A second connection would take the bot from the running server, so only the way to it is tried. */
async function bot(url: string, proxied: boolean): Promise<Finding> {
  const check = '智能机器人';
  const { host } = new URL(url);
  const rest = 'BotID 和 Secret 对不对，看「正在运行的聊单」一项。';
  if (proxied) return unknown(check, `服务器经代理上网，没有单独试 ${host}。${rest}`);
  return (await canReach(new URL(url)))
    ? good(check, `能连到 ${host}。没有登录，免得挤掉正在运行的聊单；${rest}`)
    : bad(check, `连不到 ${host}。`, '让服务器能访问这个地址（防火墙、安全组），或填好 HTTPS_PROXY，再重启聊单。');
}

/** https://developer.work.weixin.qq.com/document/path/91614 */
async function archive(client: Pick<WecomClient, 'post'>): Promise<Finding> {
  const check = '会话存档';
  try {
    const members = textsField(await client.post('msgaudit/get_permit_user_list', {}), 'ids');
    return members.length === 0
      ? bad(check, '开通了，但没有一位同事在存档范围里。', '管理工具 → 会话内容存档 → 开启范围 → 选上要存档的同事。')
      : good(check, `${members.length} 位同事在存档范围里。`);
  } catch (error) {
    const failure = asFailure(error);
    const remedy = archiveRemedies[failure.code ?? 0];
    return remedy ? bad(check, `没有读到存档范围（${failure.code}）。`, remedy) : refused(check, failure);
  }
}

const archivePage = '「管理工具 → 会话内容存档」';
const archiveRemedies: Readonly<Record<number, string>> = {
  40001: `在${archivePage}重新复制 Secret，填进 WECOM_ARCHIVE_SECRET（不是应用的 Secret），重启聊单。`,
  48002: `在${archivePage}重新复制 Secret，填进 WECOM_ARCHIVE_SECRET（不是应用的 Secret），重启聊单。`,
  301042: `在${archivePage}的可信 IP 地址里加上服务器的公网 IP。`,
  301052: '会话内容存档已到期：在管理后台续费。',
  301053: `在${archivePage}开启会话内容存档。`,
};

function refused(check: string, failure: ApiFailure, hint = ''): Finding {
  const said = explainFailure(failure) + hint;
  return isPassing(failure)
    ? unknown(check, `这次没有问到（${failure.code ?? failure.kind}）。`, said)
    : bad(check, `企业微信没有让读（${failure.code}）。`, said);
}
