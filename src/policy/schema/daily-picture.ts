/** The policy's part about the picture of the pipeline that supervisors get in their group every working day. */
import { z } from 'zod';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

export const dailyPictureSchema = z
  .strictObject({
    on: z.boolean().default(true).describe('工作日发不发每日简报'),
    at: z.string().regex(CLOCK).default('18:00').describe('几点发；当天错过了，恢复后补发一次，不补发前一天的'),
    group: z.string().regex(KEY).default('supervisors').describe('发到哪个群：supervisors 是主管群'),
    chart: z.boolean().default(true).describe('文字后面再发一张漏斗图'),
  })
  .describe('每日简报：管道漏斗、新增、推进、停留太久、赢单和输单，和上周同一天比');
