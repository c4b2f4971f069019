/** The policy's part about what customers are marked with. */
import { z } from 'zod';

const word = (length: number) => z.string().trim().min(1).max(length);

export const customersSchema = z
  .strictObject({
    grades: z
      .array(word(10))
      .max(10)
      .default(['A', 'B', 'C', 'D'])
      .describe('客户等级，最重要的在前。改了马上生效；已经标上的旧等级保留，重新选才会变'),
    tags: z.array(word(20)).max(50).default([]).describe('常用标签，编辑客户时排在最前面；也可以另写别的'),
  })
  .describe('客户的等级和标签');
