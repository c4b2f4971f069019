/** The catalogue: what the company sells, at which list price and cost. Money in fen per unit. */
import { z } from 'zod';
import { id, pageOf, pageQuery } from './common.ts';

const short = (length: number) => z.string().trim().min(1).max(length);
/** At most 10 billion yuan. */
export const minor = z.int().nonnegative().max(1_000_000_000_000);

export const product = z.object({
  id,
  code: z.string().nullable(),
  name: z.string(),
  spec: z.string().nullable(),
  unit: z.string(),
  productLine: z.string().nullable(),
  currency: z.string(),
  listMinor: z.int().nullable(),
  /** Null also where the colleague may not see costs. */
  costMinor: z.int().nullable(),
  active: z.boolean(),
});
export type ProductView = z.infer<typeof product>;

/** `GET /api/products?q=&cursor=`: by name; `q` in name, code or spec, or the initials of a name (bxg for 不锈钢). `gone=1`: instead those that are no longer sold. */
export const productListQuery = pageQuery.extend({
  q: z.string().trim().max(100).optional(),
  gone: z.literal('1').optional(),
});
export const productPage = pageOf(product);

/** `POST /api/products` → 201 (managers and administrators); `PATCH /api/products/:id`. */
export const newProductBody = z.strictObject({
  code: short(60).nullable().optional(),
  name: short(200),
  spec: short(200).nullable().optional(),
  unit: short(20).default('件'),
  productLine: short(60).nullable().optional(),
  listMinor: minor.nullable().optional(),
  costMinor: minor.nullable().optional(),
});
export type NewProductBody = z.input<typeof newProductBody>;
export const productPatch = newProductBody
  .partial()
  .extend({ unit: short(20).optional(), active: z.boolean().optional() });
export type ProductPatch = z.input<typeof productPatch>;

/** `POST /api/products/import`, a CSV or XLSX file as base64: with `dry` nothing is written. All or nothing. */
export const productImportBody = z.strictObject({
  fileName: short(200),
  base64: z.string().min(1).max(900_000),
  dry: z.boolean(),
});
export const productImportResult = z.object({
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  /** Row by row what is wrong, Chinese; with any of these nothing is written. */
  faults: z.array(z.string()),
});
export type ProductImportView = z.infer<typeof productImportResult>;
