/** The policy document: what a company decides without code. Every field has a Chinese description for the form. */
import { z } from 'zod';
import { accessSchema } from './access.ts';
import { alertsSchema } from './alerts.ts';
import { approvalSchema } from './approvals.ts';
import { calendarSchema } from './calendar.ts';
import { customersSchema } from './customers.ts';
import { dailyPictureSchema } from './daily-picture.ts';
import { phrasesSchema } from './phrases.ts';
import { pipelineSchema } from './pipeline.ts';
import { quotesSchema } from './quotes.ts';
import { documentsSchema } from './requirements.ts';
import { signalsSchema } from './signals.ts';
import { tasksSchema } from './tasks.ts';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

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

const approvalsSchema = z.strictObject({
  quote: approvalSchema.prefault({}).describe('报价单什么时候要审批、由谁批'),
});

const privacySchema = z.strictObject({
  messageDays: z.int().min(1).max(3650).default(180).describe('聊天原文保留几天；推进商机的那句话随商机保留'),
  leadDays: z.int().min(1).max(3650).default(365).describe('标记为“不是客户”的线索，名字和平台身份保留几天'),
  auditDays: z.int().min(180).max(36_500).default(1095).describe('操作记录和了结的超时提醒保留几天；法律要求至少半年'),
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
  customers: customersSchema.prefault({}),
  quotes: quotesSchema.prefault({}),
  phrases: phrasesSchema,
  approvals: approvalsSchema.prefault({}),
  alerts: alertsSchema.prefault({}),
  dailyPicture: dailyPictureSchema.prefault({}),
  tasks: tasksSchema.prefault({}),
  documents: documentsSchema.prefault({}),
});

export type Policy = z.infer<typeof policySchema>;
export type Stage = Policy['pipeline']['stages'][number];
