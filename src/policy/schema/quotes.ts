/** The policy's part about quotes: who may see what things cost, how long a quote and its links stand, what the customer reads of us, and which stages it reaches. */
import { z } from 'zod';

export const DEFAULT_SENT_STAGE = 'quoted';
export const DEFAULT_ACCEPTED_STAGE = 'contracted';

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
    linkDays: z
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe('发给客户的链接最多几天内有效；报价单的有效期先到，链接就先失效'),
    seenMoves: z
      .boolean()
      .default(true)
      .describe('客户第一次打开报价单，是否也让商机前进到 sentStage（可撤销，要通过必填检查）'),
    sellerContact: z.boolean().default(true).describe('客户看到的报价单上是否写报价人的电话和邮箱（通讯录里有才写）'),
    acceptedStage: z
      .string()
      .min(1)
      .max(40)
      .nullable()
      .default(DEFAULT_ACCEPTED_STAGE)
      .describe('记下客户接受报价单后，建议把商机移到哪个阶段（只建议，由人点）；不填表示不建议'),
  })
  .describe('报价单');
