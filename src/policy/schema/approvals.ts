/** The policy's part about what must be agreed to, by whom, in which order and how fast. */
import { z } from 'zod';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const MOST_YUAN = 10_000_000_000;
const yuan = z.number().min(0).max(MOST_YUAN);
const percent = z.number().min(-1000).max(100);
const names = z.array(z.string().trim().min(1).max(60)).max(50).default([]);

const amountBand = z.strictObject({
  from: yuan.optional().describe('从多少元起（含）'),
  below: yuan.optional().describe('到多少元为止（不含）'),
});
const percentBand = z.strictObject({
  from: percent.optional().describe('从百分之几起（含）'),
  below: percent.optional().describe('到百分之几为止（不含）'),
});

const whenSchema = z.strictObject({
  amount: amountBand.optional().describe('金额，单位元'),
  margin: percentBand.optional().describe('毛利率，单位 %；成本没有填全、算不出来的，算作低于任何一个数'),
  discount: percentBand.optional().describe('折扣：比目录价低百分之几'),
  grades: names.describe('客户等级是其中之一；不填表示不论等级'),
  productLines: names.describe('涉及其中任意一条产品线；不填表示不论'),
  regions: names.describe('客户区域是其中之一；不填表示不论'),
});

const whoSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('supervisor').describe('提交人的直接主管') }),
  z.strictObject({ kind: z.literal('department_head').describe('提交人所在部门的负责人') }),
  z.strictObject({
    kind: z.literal('role').describe('某个角色的所有人'),
    role: z.enum(['manager', 'admin']).describe('manager 经理、admin 管理员'),
  }),
  z.strictObject({
    kind: z.literal('staff').describe('指定的同事'),
    ids: z.array(z.string().min(1).max(40)).min(1).max(50).describe('员工编号，见 staff list'),
  }),
]);

const stepSchema = z.strictObject({
  key: z.string().regex(KEY).describe('节点代号；几条规则都写了同一个节点，只走一次'),
  name: z.string().trim().min(1).max(20).describe('节点名称，例如“销售总监”'),
  who: z.array(whoSchema).min(1).describe('由谁批'),
  mode: z.enum(['any', 'all']).default('any').describe('any 任意一人同意即可；all 每个人都要同意'),
  hours: z.number().positive().max(2000).nullable().default(null).describe('几个工作小时内要批；不填表示不限'),
  late: z
    .enum(['remind', 'one_up', 'approve', 'reject'])
    .default('remind')
    .describe('超时之后：remind 再提醒一次、one_up 转给上一级、approve 自动同意、reject 自动驳回'),
});

const ruleSchema = z.strictObject({
  key: z.string().regex(KEY).describe('规则代号'),
  name: z.string().trim().min(1).max(40).describe('为什么要批，显示在卡片上，例如“折扣超过 10%”'),
  when: whenSchema.prefault({}).describe('条件都符合才算；一个都不写就是总要批'),
  steps: z.array(stepSchema).min(1).max(10).describe('要走的节点，按先后'),
});

export const approvalSchema = z.strictObject({
  rules: z.array(ruleSchema).max(100).default([]).describe('符合的规则都算：它们的节点按这里的先后合在一起'),
  nobody: z
    .enum(['pass', 'admin', 'refuse'])
    .default('admin')
    .describe('某个节点找不到人：pass 跳过、admin 交给管理员、refuse 不让提交并说明'),
  self: z
    .enum(['skip', 'allow', 'one_up'])
    .default('one_up')
    .describe('提交人自己就是审批人：skip 这个节点算通过、allow 自己批、one_up 换成上一级'),
  reason: z
    .enum(['recommended', 'required'])
    .default('recommended')
    .describe('驳回要不要写原因：recommended 建议写，不写也能驳回；required 必须写'),
  reasons: z
    .array(z.string().trim().min(1).max(16))
    .max(8)
    .default(['价格太低', '毛利不够', '付款条件要改', '交期做不到', '请补充说明'])
    .describe('驳回时可以直接点的原因，显示在卡片和审批页上；还可以自己写'),
  again: z.enum(['once', 'each']).default('once').describe('同一个人在前面已经同意过：once 不用再批、each 每次都要批'),
});

export type ApprovalPolicy = z.output<typeof approvalSchema>;
export type ApprovalRule = ApprovalPolicy['rules'][number];
export type StepPlan = ApprovalRule['steps'][number];
export type Who = StepPlan['who'][number];

/** Errors of meaning, each a Chinese sentence that says where; `place` names the section. */
export function checkApproval(policy: ApprovalPolicy, place: string): string[] {
  const faults: string[] = [];
  for (const reason of policy.reasons.filter((one, at) => policy.reasons.indexOf(one) !== at))
    faults.push(`${place}.reasons：“${reason}”写了两次`);
  const seen = new Set<string>();
  const steps = new Map<string, string>();
  for (const rule of policy.rules) {
    if (seen.has(rule.key)) faults.push(`${place}.rules：规则代号 ${rule.key} 用了两次`);
    seen.add(rule.key);
    for (const [name, band] of Object.entries({
      金额: rule.when.amount,
      毛利率: rule.when.margin,
      折扣: rule.when.discount,
    }))
      if (band?.from !== undefined && band.below !== undefined && band.from >= band.below)
        faults.push(`${place}.rules.${rule.key}：${name}从 ${band.from} 起、到 ${band.below} 为止，里面什么都没有`);
    for (const step of rule.steps) {
      const text = JSON.stringify(step);
      if ((steps.get(step.key) ?? text) !== text)
        faults.push(`${place}.rules.${rule.key}：节点 ${step.key} 在别的规则里写得不一样，请改成一样或换个代号`);
      steps.set(step.key, text);
    }
  }
  return faults;
}
