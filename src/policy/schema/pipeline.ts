/** The policy's part about the sales pipeline: its stages, the fields of a deal, and what each stage wants. */
import { z } from 'zod';
import { ladderSchema, limitSchema } from './alerts.ts';
import { requirementSchema } from './requirements.ts';
import { taskTemplateSchema } from './tasks.ts';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

const fieldSchema = z.strictObject({
  key: z.string().regex(KEY).describe('字段代号，小写英文；amount 是商机金额，expected_close 是预计成交日期'),
  name: z.string().min(1).max(20).describe('字段名称'),
  kind: z
    .enum(['text', 'number', 'money', 'date', 'choice', 'phone'])
    .describe('text 文字；number 数字；money 金额；date 日期；choice 单选；phone 电话'),
  options: z.array(z.string().min(1).max(40)).min(1).max(50).optional().describe('kind 为 choice 时的选项'),
  hint: z.string().min(1).max(60).optional().describe('填写提示'),
});

const stageSchema = z.strictObject({
  key: z.string().regex(KEY).describe('阶段代号，小写英文'),
  name: z.string().min(1).max(20).describe('阶段名称'),
  reach: z.int().min(0).max(9).default(1).describe('从本阶段起，一条消息最多自动前进几个阶段；更远的只询问'),
  autoFrom: z.array(z.string()).optional().describe('只有从这些阶段才会自动进入本阶段；不填则按前进步数判断'),
  afterSale: z.boolean().default(false).describe('售后类阶段：未成交的商机不会被推到这里，只提醒'),
  limit: limitSchema.optional(),
  ladder: ladderSchema.optional().describe('本阶段自己的提醒级别；不填照 alerts.ladder'),
  responsible: z.string().min(1).max(20).optional().describe('本阶段由谁负责，例如“方案工程师”；显示在商机页'),
  requires: z.array(requirementSchema).max(20).default([]).describe('从本阶段起要有的：字段、通过审批的内容、文件'),
  tasks: z.array(taskTemplateSchema).max(20).default([]).describe('进入本阶段时要做的事'),
});

export const pipelineSchema = z.strictObject({
  stages: z.array(stageSchema).min(2).describe('阶段，按先后顺序'),
  convertedLeadStage: z.string().describe('线索转成商机时从哪个阶段算起'),
  soldStage: z.string().describe('到这个阶段就算成交；赢单要填齐到这个阶段为止的必填字段'),
  wishDays: z
    .int()
    .min(0)
    .max(90)
    .default(7)
    .describe('要推进而还缺东西时，几天内补齐就自动推进；过了这几天先问负责人。0：总是先问'),
  fields: z.array(fieldSchema).max(60).default([]).describe('商机上要记的字段'),
  lostReasons: z
    .array(z.string().min(1).max(40))
    .min(1)
    .max(20)
    .default(['价格', '交期', '选了别家', '项目取消', '预算不足', '其他'])
    .describe('输单原因的选项'),
});

type Pipeline = z.infer<typeof pipelineSchema>;
export type DealField = z.infer<typeof fieldSchema>;

/** Fields that every deal has, whatever the policy says; the policy may call them by another name. */
const BUILT_IN: readonly DealField[] = [
  { key: 'amount', name: '金额', kind: 'money' },
  { key: 'expected_close', name: '预计成交', kind: 'date' },
];

/** Every field of a deal: the built-in ones first, called as the policy calls them. */
export function dealFields({ fields }: Pick<Pipeline, 'fields'>): readonly DealField[] {
  const renamed = BUILT_IN.map((field) => fields.find(({ key }) => key === field.key) ?? field);
  return [...renamed, ...fields.filter(({ key }) => !BUILT_IN.some((field) => field.key === key))];
}

/** Chinese sentences about fields that nobody could fill in. */
export function checkFields(pipeline: Pipeline): string[] {
  const { fields, lostReasons } = pipeline;
  const faults: string[] = [];
  const keys = fields.map(({ key }) => key);
  const twice = (list: readonly string[]) => list.find((item, index) => list.indexOf(item) !== index);
  const duplicate = twice(keys);
  if (duplicate) faults.push(`pipeline.fields：字段代号 ${duplicate} 用了两次`);
  for (const { key, kind, options = [] } of fields) {
    const place = `pipeline.fields.${key}`;
    const builtIn = BUILT_IN.find((field) => field.key === key);
    if (builtIn && builtIn.kind !== kind)
      faults.push(`${place}：${builtIn.name}是自带字段，kind 只能是 ${builtIn.kind}`);
    if (kind === 'choice' && options.length === 0) faults.push(`${place}：单选字段要有 options`);
    if (kind !== 'choice' && options.length > 0) faults.push(`${place}：只有 kind 为 choice 的字段才有 options`);
    const option = twice(options);
    if (option) faults.push(`${place}.options：选项“${option}”写了两次`);
  }
  const names = dealFields(pipeline).map(({ name }) => name);
  const name = twice(names);
  if (name) faults.push(`pipeline.fields：有两个字段都叫“${name}”`);
  const reason = twice(lostReasons);
  if (reason) faults.push(`pipeline.lostReasons：原因“${reason}”写了两次`);
  return faults;
}
