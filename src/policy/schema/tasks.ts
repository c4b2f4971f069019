/** The policy's part about things to do: what a stage asks for on entry, and the morning list. */
import { z } from 'zod';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

export const taskTemplateSchema = z
  .strictObject({
    key: z.string().regex(KEY).describe('任务代号，小写英文'),
    title: z.string().trim().min(1).max(60).describe('要做的事，例如“回访报价”'),
    hours: z.number().positive().max(2000).optional().describe('几个工作小时内'),
    days: z.int().positive().max(400).optional().describe('几个工作日内；和 hours 写一个就行'),
    from: z
      .enum(['entered', 'quote_sent'])
      .default('entered')
      .describe('从什么时候算起：entered 进入阶段；quote_sent 报价单发给客户（发了才有这件事）'),
    ifEmpty: z.string().optional().describe('商机的这个字段还空着才要做；不填总是要做'),
    leave: z
      .enum(['withdraw', 'keep'])
      .default('withdraw')
      .describe('商机离开这个阶段或结束时，没动过的这件事：withdraw 收回；keep 留着'),
    remind: z.boolean().default(true).describe('到时间提醒'),
  })
  .refine(({ hours, days }) => (hours === undefined) !== (days === undefined), '任务要写 hours 或 days 其中一个');

export type TaskTemplate = z.output<typeof taskTemplateSchema>;

export const tasksSchema = z
  .strictObject({
    morning: z
      .string()
      .regex(CLOCK)
      .nullable()
      .default('08:45')
      .describe('工作日几点发“今天跟进”；没有要做的不发；null 不发'),
    native: z
      .boolean()
      .default(false)
      .describe('要做的事也放进平台自带的待办（钉钉待办会占 API 用量）；放不进去的照常发卡片'),
  })
  .describe('要做的事');

interface Stage {
  readonly key: string;
  readonly tasks: readonly TaskTemplate[];
}

/** Chinese sentences about templates that could not work. */
export function checkTasks(stages: readonly Stage[], fieldKeys: readonly string[]): string[] {
  const faults: string[] = [];
  for (const { key: stage, tasks } of stages) {
    const seen = new Set<string>();
    for (const { key, ifEmpty } of tasks) {
      if (seen.has(key)) faults.push(`pipeline.stages.${stage}.tasks：任务代号 ${key} 用了两次`);
      seen.add(key);
      if (ifEmpty !== undefined && !fieldKeys.includes(ifEmpty))
        faults.push(`pipeline.stages.${stage}.tasks.${key}.ifEmpty：没有叫 ${ifEmpty} 的字段`);
    }
  }
  return faults;
}
