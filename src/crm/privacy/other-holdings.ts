/** Tables that hold nobody's data, or of which a line goes by itself within days; each with the reason. */
import type { Holdings } from './holding.ts';

const QUEUE = ['dedupe_key', 'order_key', 'payload', 'status', 'last_error'];
const nobody = (title: string, why: string, ...plain: readonly string[]) => ({ title, nobody: why, plain });

export const QUEUES: readonly string[] = ['inbox_event', 'outbox_order'];
/** Where a person may be named in an entry. */
const NAMING = QUEUE.filter((column) => column !== 'status');

/** What mentions an erased person here goes: nothing is left to be done with it. */
export const PASSING: Readonly<Record<string, { readonly key: string; readonly columns: readonly string[] }>> = {
  inbox_event: { key: 'id', columns: NAMING },
  outbox_order: { key: 'id', columns: NAMING },
  answered_call: { key: 'id', columns: ['answer'] },
  pace: { key: 'place', columns: ['place'] },
};

export const otherHoldings: Holdings = {
  inbox_event: nobody('收件', '处理完即清空，搁置的三十天后删除；删除某人时，搁置的里面写到他号码的一并删除', ...QUEUE),
  outbox_order: nobody(
    '发件',
    '发出后即清空，搁置的三十天后删除；删除某人时，搁置的里面写到他号码的一并删除',
    ...QUEUE,
  ),
  answered_call: nobody('接口应答', '一天后删除；删除某人时提到此人的一并删除', 'id', 'request_hash', 'answer'),
  pace: nobody('发送节奏', '几分钟后删除；删除某人时他的一并删除', 'place'),
  attachment_part: nobody('文件的内容', '随文件一起导出、一起删除'),
  card_action: nobody('卡片按钮', '随机编号，过期三十天后删除', 'kind'),
  channel_account: nobody('平台接入', '公司自己的', 'platform', 'app_key', 'external_tenant'),
  channel_cursor: nobody('读到哪里', '平台给的位置', 'name', 'value'),
  channel_usage: nobody('接口用量', '只有次数', 'month', 'kind'),
  customer_mark: nobody('等级和标签的索引', '跟着客户资料变', 'mark'),
  daily_figure: nobody('每日数字', '只有合计', 'day', 'figures'),
  daily_picture: nobody('每日简报', '只有发到哪个群', 'day'),
  department: nobody('部门', '公司自己的', 'external_id', 'name', 'parent_external_id'),
  job: nobody('后台任务', '只有进度', 'name', 'status', 'note'),
  migrations: nobody('表结构版本', '没有数据', 'name'),
  named_group: nobody('主管群', '公司自己的群'),
  native_todo: nobody('平台待办', '随要做的事', 'external_id'),
  policy_pointer: nobody('当前策略', '公司自己的'),
  policy_version: nobody('策略', '公司自己的', 'document'),
  product: nobody('产品', '公司自己的', 'code', 'name', 'spec', 'unit', 'product_line', 'currency'),
  schedule_tick: nobody('定时', '七天后删除', 'task'),
  service_token: nobody('接口令牌', '程序用的，只存哈希', 'token_hash'),
  setting: nobody('设置', '公司自己的', 'value'),
  shared_token: nobody('平台令牌', '公司自己的，加密存放', 'sealed'),
  stage_clock: nobody('停留计时', '只有我们自己的编号', 'subject'),
  stage_task: nobody('阶段带出的事', '只有我们自己的编号'),
  task_ring: nobody('提醒时间', '只有我们自己的编号'),
  tenant: nobody('企业', '公司自己的', 'name'),
  turn: nobody('排队', '没有数据'),
};
