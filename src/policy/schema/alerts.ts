/** The policy's part about stages that take too long: how long each may take, whom that is told, when, and how. */
import { z } from 'zod';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

const resetsSchema = z.array(z.enum(['customer', 'staff', 'activity'])).max(3);

export const limitSchema = z
  .strictObject({
    hours: z.number().positive().max(2000).optional().describe('几个工作小时'),
    days: z.number().positive().max(400).optional().describe('几个工作日；和 hours 写一个就行'),
    from: z
      .enum(['entered', 'quote_sent'])
      .default('entered')
      .describe('从什么时候算起：entered 进入阶段；quote_sent 报价单发给客户'),
    beforeHours: z
      .number()
      .positive()
      .max(2000)
      .default(8)
      .describe('from 为 quote_sent 时，报价单还没发出之前的时限，几个工作小时'),
    until: z
      .enum(['moved', 'answered'])
      .default('moved')
      .describe(
        '到什么为止：moved 离开这个阶段；answered 我方回复客户或记了跟进就不再计时，客户再说话才重新算起（适合线索的首次响应）',
      ),
    resets: resetsSchema
      .default(['customer', 'staff', 'activity'])
      .describe(
        '什么算有进展、重新计时：customer 客户的消息；staff 我方的消息；activity 记的跟进。写 [] 就都不算；until 为 answered 时不用写',
      ),
    beforeResets: resetsSchema
      .default([])
      .describe('from 为 quote_sent 时，报价单还没发出之前什么算有进展；不填就都不算，只看报价单发没发'),
  })
  .refine(({ hours, days }) => (hours === undefined) !== (days === undefined), '时限要写 hours 或 days 其中一个')
  .describe('这个阶段最多停多久');

const toSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('owner').describe('负责人') }),
  z.strictObject({ kind: z.literal('supervisor').describe('负责人的直接主管') }),
  z.strictObject({ kind: z.literal('department_head').describe('负责人所在部门的负责人') }),
  z.strictObject({
    kind: z.literal('rank').describe('某个职级的同事：先找这个客户的协作人，再找同区域、同产品线的'),
    rank: z.string().min(1).max(40).describe('职级，例如“方案工程师”'),
  }),
  z.strictObject({
    kind: z.literal('group').describe('绑定了名字的群'),
    key: z.string().regex(KEY).describe('supervisors 是主管群；在群里对机器人说“绑定 主管群”'),
  }),
]);

const levelSchema = z.strictObject({
  percent: z.number().positive().max(10_000).describe('用了时限的百分之几，例如 100、150、200'),
  to: z.array(toSchema).max(10).default([]).describe('告诉谁'),
  action: z
    .enum(['none', 'high_risk', 'to_supervisor'])
    .default('none')
    .describe('同时做什么：none 只提醒；high_risk 标为高风险；to_supervisor 转给主管负责'),
});
export type AlertLevel = z.output<typeof levelSchema>;

const STARTER_LADDER: z.input<typeof levelSchema>[] = [
  { percent: 100, to: [{ kind: 'owner' }, { kind: 'supervisor' }] },
  { percent: 150, to: [{ kind: 'owner' }, { kind: 'supervisor' }, { kind: 'rank', rank: '方案工程师' }] },
  { percent: 200, to: [{ kind: 'supervisor' }, { kind: 'group', key: 'supervisors' }], action: 'high_risk' },
];

export const ladderSchema = z
  .array(levelSchema)
  .max(10)
  .refine(
    (levels) => levels.every(({ percent }, index) => index === 0 || percent > (levels[index - 1]?.percent ?? 0)),
    '每一级的 percent 要比前一级大',
  );

export const alertsSchema = z
  .strictObject({
    ladder: ladderSchema.prefault(STARTER_LADDER).describe('超时提醒的级别；阶段可以有自己的 ladder'),
    quiet: z
      .strictObject({
        from: z.string().regex(CLOCK).default('20:00').describe('几点起不打扰'),
        to: z.string().regex(CLOCK).default('08:30').describe('到几点'),
        daysOff: z.boolean().default(true).describe('休息日全天不打扰'),
      })
      .prefault({})
      .describe('不打扰的时间；到点才发，同一个人、同一个群的合成一张'),
    dailyCap: z
      .int()
      .min(1)
      .max(50)
      .default(5)
      .describe('每人每天最多几张超时提醒卡片；更多的并进已有的卡片和当日进展'),
    group: z
      .enum(['counts', 'names'])
      .default('counts')
      .describe('群里看到什么：counts 只有数量；names 也写客户和负责人'),
    followHours: z.number().positive().max(200).default(8).describe('点了“我来跟进”之后，几个工作小时内不再提醒'),
    extend: z
      .strictObject({
        times: z.int().min(0).max(20).default(2).describe('每个阶段最多延期几次'),
        maxDays: z.number().positive().max(100).default(5).describe('每次最多延几个工作日'),
        reasons: z
          .array(z.string().trim().min(1).max(20))
          .min(1)
          .max(10)
          .default(['客户还在内部讨论', '客户出差或放假', '等样品或测试结果', '等我方资料', '其他'])
          .describe('延期的理由'),
      })
      .prefault({}),
  })
  .describe('停留太久的提醒');

export type StageLimit = z.output<typeof limitSchema>;
