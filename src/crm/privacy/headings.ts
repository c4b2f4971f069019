/** How columns are called for people outside, and how what stands in them is written. */

/** Our own numbers mean nothing to anybody outside, but these name a colleague. */
const COLLEAGUES: Readonly<Record<string, string>> = {
  owner_id: '负责人',
  staff_id: '同事',
  supervisor_id: '主管',
  created_by: '谁建的',
  done_by: '谁完成的',
  updated_by: '谁填的',
  uploaded_by: '谁上传的',
  submitter_id: '谁提交的',
  instead_of: '代谁',
  made_by: '谁发的',
  merged_by: '谁合并的',
  actor_id: '操作人',
  added_by_staff_id: '谁拉的群',
  to_id: '给谁',
};

const HEADINGS: Readonly<Record<string, string>> = {
  ...COLLEAGUES,
  ...{ id: '编号', name: '名称', title: '标题', text: '内容', kind: '类别', status: '状态', state: '状态', at: '时间' },
  ...{ phone: '电话', email: '邮箱', remark: '备注', company: '公司', tags: '标签', grade: '等级', region: '区域' },
  ...{
    industry: '行业',
    source: '来源',
    product_line: '产品线',
    product_lines: '产品线',
    job_rank: '职级',
    role: '角色',
  },
  ...{ external_id: '平台上的编号', speaker: '哪一方', speaker_name: '说话人', sent_at: '说的时间', quote: '原话' },
  ...{ phrase: '命中的词', signal: '信号', verdict: '判断', rule_key: '规则', outcome: '结果', label: '同事的评价' },
  ...{ from_stage: '从阶段', to_stage: '到阶段', stage: '阶段', cause: '原因', lost_reason: '输单原因', why: '原因' },
  ...{ amount_minor: '金额（元）', net_minor: '不含税（元）', gross_minor: '含税（元）', price_minor: '单价（元）' },
  ...{ list_minor: '目录价（元）', cost_minor: '成本（元）', currency: '币种', tax_bp: '税率（万分之）', unit: '单位' },
  ...{ margin_bp: '毛利率（万分之）', discount_bp: '折扣（万分之）', quantity_milli: '数量（千分之）', spec: '规格' },
  ...{ number: '单号', revision: '第几版', terms: '条款', position: '第几行', comment: '意见', value: '值' },
  ...{
    field_key: '字段',
    evidence: '依据',
    data: '卡片内容',
    subject: '关于',
    reasons: '为什么要批',
    facts: '当时的数',
  },
  ...{ created_at: '建立时间', updated_at: '更新时间', closed_at: '结束时间', due_at: '到期时间', done_at: '完成时间' },
  ...{
    expires_at: '到期时间',
    added_at: '添加时间',
    removed_at: '移除时间',
    withdrawn_at: '撤回时间',
    ended_at: '结束时间',
  },
  ...{ submitted_at: '提交时间', decided_at: '决定时间', seen_at: '客户第一次打开', valid_until: '有效期至' },
  ...{
    stage_entered_at: '进入阶段时间',
    undone_at: '撤销时间',
    first_opened_at: '第一次打开',
    last_opened_at: '最近打开',
  },
  ...{ opened: '打开次数', from_at: '从', until_at: '到', responded_at: '响应时间', how: '怎么响应的', active: '在职' },
  ...{
    action: '做了什么',
    entity: '对什么',
    detail: '细节',
    media_type: '文件类型',
    bytes: '大小（字节）',
    level: '第几级',
  },
  ...{ quiet_from: '免打扰从', quiet_to: '免打扰到', alerts: '提醒方式', morning: '早上的清单', leads: '是部门主管' },
};

const OURS: readonly string[] = [
  ...['tenant_id', 'normal_name', 'token_hash', 'code_hash', 'sha256', 'open_key', 'rules', 'plan', 'moved'],
  ...['version', 'policy_version', 'update_handle', 'lease_owner', 'figures', 'opportunity_version'],
];

/** Keys between our rows say nothing outside; `id` lets one ask about a line. */
export const isShown = (column: string): boolean =>
  column in HEADINGS || !(column.endsWith('_id') || OURS.includes(column));

export const headingOf = (column: string): string => HEADINGS[column] ?? column;

export interface Reading {
  readonly staff: ReadonlyMap<string, string>;
  readonly localTime: (at: number) => string;
}

export function cellOf(column: string, value: string | number | null, { staff, localTime }: Reading): string {
  if (value === null) return '';
  if (column in COLLEAGUES) return staff.get(String(value)) ?? String(value);
  if (column === 'at' || /_(at|until)$/.test(column)) return localTime(Number(value));
  if (column.endsWith('_minor')) return (Number(value) / 100).toFixed(2);
  return String(value);
}
