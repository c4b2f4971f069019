/** The permissions that an administrator has to grant, held against what the platform says was granted. */
import { bad, type Finding, good, unknown } from '../../src/channel/doctor.ts';
import type { FeishuClient } from './client.ts';
import { asFailure } from './doctor-failure.ts';
import { explainFailure } from './errors.ts';

interface Need {
  /** Any one of them will do; the first is the one to ask for. */
  readonly scopes: readonly [string, ...string[]];
  readonly purpose: string;
  readonly optional?: true;
}

/** As docs/connect-feishu.md lists them; the wider ones that include each come behind. */
const needs: readonly Need[] = [
  { scopes: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg', 'im:message'], purpose: '听到同事私聊机器人的话' },
  {
    scopes: ['im:message.group_msg', 'im:message.group_at_msg:readonly', 'im:message.group_at_msg'],
    purpose: '听到群里的话',
  },
  { scopes: ['im:message:send_as_bot', 'im:message'], purpose: '发消息和卡片' },
  { scopes: ['im:chat:readonly', 'im:chat'], purpose: '群名' },
  { scopes: ['im:chat.members:read', 'im:chat:readonly', 'im:chat'], purpose: '群成员姓名' },
  { scopes: ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'], purpose: '读通讯录' },
  { scopes: ['contact:user.base:readonly', 'contact:contact:readonly_as_app'], purpose: '同事姓名' },
  { scopes: ['tenant:tenant:readonly'], purpose: '确认事件来自自己的企业' },
  { scopes: ['im:message:readonly', 'im:message'], purpose: '读合并转发的记录', optional: true },
  { scopes: ['im:chat.members:bot_access', 'im:chat'], purpose: '知道机器人进了哪个群', optional: true },
  { scopes: ['im:resource:upload', 'im:resource'], purpose: '每日简报里的图', optional: true },
];

const check = '权限';
const granted = 1;
/** The app was never published, or not installed in this company. */
const notInstalled = 212100;

/** Asks for no permission itself. https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/application-v6/scope/list */
export async function checkScopes(client: FeishuClient): Promise<Finding> {
  try {
    const reply = await client.asApp((lark, auth) => lark.application.v6.scope.list({}, auth));
    const given = (reply.data?.scopes ?? []).flatMap((one) => (one.grant_status === granted ? [one.scope_name] : []));
    return judge(new Set(given));
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === notInstalled) {
      const remedy = '开放平台 → 版本管理与发布 → 创建版本 → 可用范围选所有要用的同事 → 发布，等管理员通过。';
      return bad(check, '应用还没有发布到企业。', remedy);
    }
    return unknown(
      check,
      `读不到已开通的权限：${explainFailure(failure)}`,
      '对照 docs/connect-feishu.md 第 2 步的表逐条核对。',
    );
  }
}

function judge(given: ReadonlySet<string>): Finding {
  const missing = needs.filter(({ scopes }) => !scopes.some((scope) => given.has(scope)));
  const remedy = '开放平台 → 权限管理 → 搜索并开通上面的代码 → 版本管理与发布 → 发布新版本，等管理员通过。';
  const list = missing.map(({ scopes, purpose }) => `${scopes[0]}（${purpose}）`).join('、');
  if (missing.some(({ optional }) => !optional)) return bad(check, `还缺 ${list}。`, remedy);
  if (missing.length > 0) return unknown(check, `必需的都有了，可选的还缺 ${list}。`, remedy);
  return given.has('im:message.group_msg')
    ? good(check, '需要的都已开通。')
    : good(check, '需要的都已开通；没有 im:message.group_msg，群里只听得到 @聊单 的话。');
}
