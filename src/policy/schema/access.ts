/** The policy's part about who may see whose customers. */
import { z } from 'zod';

const sight = z.enum(['own', 'department', 'region', 'product_line', 'region_product_line', 'all']);

const rankSchema = z.strictObject({
  rank: z.string().min(1).max(40).describe('职级，与通讯录里写的一致'),
  sees: sight.describe('这个职级的人能看到谁的客户'),
});

export const accessSchema = z
  .strictObject({
    roles: z
      .strictObject({
        sales: sight.default('own').describe('普通同事能看到谁的客户'),
        manager: sight.default('department').describe('经理能看到谁的客户'),
      })
      .prefault({})
      .describe(
        '按角色：own 自己的；department 同部门（含下级部门）；region 同区域；product_line 产品线有相同的；region_product_line 同区域且产品线有相同的；all 全部。管理员总能看到全部',
      ),
    ranks: z.array(rankSchema).default([]).describe('按职级另行规定，优先于角色'),
  })
  .describe('谁能看到谁的客户。自己的、下属的、所带部门的、参与协作的，总能看到');

export type Sight = z.infer<typeof sight>;
