/** How the set-up page's routes refuse, in words that say what to do. */
import type { Context } from 'koa';
import type { SetupRefusal } from '../../setup/context.ts';
import type { Entering } from '../../setup/gate.ts';
import type { SettingFaultView } from '../contract/setup.ts';

type Refusal =
  | SetupRefusal
  | Extract<Entering, { ok: false }>['reason']
  | 'closed'
  | 'enter_first'
  | 'foreign_page'
  | 'too_many'
  | 'bad_request'
  | 'fault';

const AGAIN = '在服务器上运行 npm run crm -- setup，可以再取一个。';

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, title: string, detail: string]>> = {
  closed: [404, '设置已经完成', '要重新打开设置页，请在服务器上运行 npm run crm -- setup。'],
  not_found: [404, '没有找到', '没有这个地址或这个平台。'],
  enter_first: [401, '请先输入一次性代码', `代码在聊单启动时的日志里；离开两小时后要重新输入。${AGAIN}`],
  wrong_code: [401, '代码不对', `请照日志里最近一次启动时的代码输入。${AGAIN}`],
  code_used: [401, '这个代码已经用过', `一个代码只能在一个浏览器里用一次。${AGAIN}`],
  code_expired: [401, '这个代码已经过期', `代码 24 小时内有效。${AGAIN}`],
  too_many: [429, '试的次数太多', '请一分钟后再试。'],
  foreign_page: [403, '没有执行', '这个请求不是从聊单的页面发出的。'],
  bad_request: [400, '填写有误', '请求不完整。'],
  in_environment: [409, '不能在这里改', '这个平台写在 .env 里，以 .env 为准：请在那里改，再重启聊单。'],
  bad_settings: [422, '有几处要改', '请照每一项下面的话改好，再保存。'],
  no_key: [409, '没有保存', '没有可以加密保存的密钥。'],
  not_connected: [409, '还没有接通', '请先填写并保存平台，等它接通。'],
  unknown_staff: [422, '没有这位同事', '选中的人里有的已经离职或不存在：请刷新后再选。'],
  stage_in_use: [409, '不能换行业', ''],
  not_ready: [409, '还不能完成', ''],
  fault: [500, '服务器出错了', '请稍后再试；一直这样，请查看聊单的日志。'],
};

export function refuseSetup(
  ctx: Context,
  code: Refusal,
  more: { readonly detail?: string | undefined; readonly faults?: readonly SettingFaultView[] | undefined } = {},
): void {
  const [status, title, detail] = REFUSALS[code];
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  ctx.body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail: more.detail ?? detail,
    code,
    ...(more.faults && { faults: more.faults }),
  });
}
