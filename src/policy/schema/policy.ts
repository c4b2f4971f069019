/** The policy document: what a company decides without code. Every field has a Chinese description for the form. */
import { z } from 'zod';
import { accessSchema } from './access.ts';
import { signalsSchema } from './signals.ts';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const stageSchema = z.strictObject({
  key: z.string().regex(KEY).describe('阶段代号，小写英文'),
  name: z.string().min(1).max(20).describe('阶段名称'),
  reach: z.int().min(0).max(9).default(1).describe('从本阶段起，一条消息最多自动前进几个阶段；更远的只询问'),
  autoFrom: z.array(z.string()).optional().describe('只有从这些阶段才会自动进入本阶段；不填则按前进步数判断'),
  afterSale: z.boolean().default(false).describe('售后类阶段：未成交的商机不会被推到这里，只提醒'),
});

const pipelineSchema = z.strictObject({
  stages: z.array(stageSchema).min(2).describe('阶段，按先后顺序'),
  convertedLeadStage: z.string().describe('线索转成商机时从哪个阶段算起'),
  soldStage: z.string().describe('到这个阶段就算成交'),
});

const cardsSchema = z.strictObject({
  dailyCap: z.int().min(1).max(50).default(5).describe('每人每天最多单独推送几张卡片，其余并入当日进展'),
  digest: z
    .strictObject({
      mode: z
        .enum(['live', 'at'])
        .default('live')
        .describe('live：当天第一条进展时发出一张卡片，之后静默更新；at：到点才发'),
      at: z.string().regex(CLOCK).default('17:30').describe('mode 为 at 时的发送时间'),
    })
    .prefault({}),
  validDays: z.int().min(1).max(30).default(7).describe('卡片上的按钮几天内有效'),
});

const calendarSchema = z.strictObject({
  timeZone: z.string().default('Asia/Shanghai').describe('时区'),
  dayEnd: z.string().regex(CLOCK).default('18:00').describe('下班时间'),
});

const privacySchema = z.strictObject({
  messageDays: z.int().min(1).max(3650).default(180).describe('聊天原文保留几天；推进商机的那句话随商机保留'),
});

const contactsSchema = z.strictObject({
  welcome: z
    .string()
    .min(1)
    .max(1300)
    .nullable()
    .default(null)
    .describe('新客户加了同事之后自动发的一句欢迎语；不填就不发'),
});

const judgementSchema = z.strictObject({
  minPrecisionPercent: z.int().min(0).max(100).default(95).describe('规则的准确率低于它就改为询问'),
  minSample: z.int().min(1).default(20).describe('至少有几次自动推进才开始计算准确率'),
});

export const policySchema = z.strictObject({
  pipeline: pipelineSchema,
  signals: signalsSchema,
  judgement: judgementSchema.prefault({}),
  cards: cardsSchema.prefault({}),
  calendar: calendarSchema.prefault({}),
  contacts: contactsSchema.prefault({}),
  privacy: privacySchema.prefault({}),
  access: accessSchema.prefault({}),
});

export type Policy = z.infer<typeof policySchema>;
export type Stage = Policy['pipeline']['stages'][number];
