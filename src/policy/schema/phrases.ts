/** The policy's part about phrases that a colleague puts into a chat with one tap. */
import { z } from 'zod';

export const phrasesSchema = z
  .array(
    z.strictObject({
      title: z.string().trim().min(1).max(20).describe('短标题，列表里看它选，也记在跟进记录里'),
      text: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .describe('要说的话；可用 {客户}、{联系人}、{我}，不知道联系人时连同后面的逗号一起省去'),
    }),
  )
  .max(50)
  .default([])
  .refine((phrases) => new Set(phrases.map(({ title }) => title)).size === phrases.length, '标题不能重复')
  .describe('快捷话术：点一下放进聊天，由本人发出');
