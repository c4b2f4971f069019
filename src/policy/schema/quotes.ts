/** The policy's part about quotes: who may see what things cost, how long a quote stands, and which stage sending it reaches. */
import { z } from 'zod';

export const DEFAULT_SENT_STAGE = 'quoted';

export const quotesSchema = z
  .strictObject({
    costs: z
      .array(z.enum(['sales', 'manager', 'admin']))
      .max(3)
      .default(['manager', 'admin'])
      .describe('哪些角色能看到成本和毛利：sales 普通同事、manager 经理、admin 管理员。其他人看不到，也不能填'),
    validDays: z.int().min(1).max(365).default(30).describe('新报价单默认几天内有效，写报价时可以改'),
    sentStage: z
      .string()
      .min(1)
      .max(40)
      .nullable()
      .default(DEFAULT_SENT_STAGE)
      .describe('报价单发给客户后，商机前进到哪个阶段（只前进，不后退，要通过该阶段的必填检查）；不填表示不动'),
  })
  .describe('报价单');
