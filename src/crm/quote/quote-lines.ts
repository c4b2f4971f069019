/** The lines of a quote as they are written: list price, cost and product line are the catalogue's of that moment. */
import { type Done, done, refused } from '../access/desk.ts';
import type { QuoteLineRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';

export interface WantedLine {
  readonly productId?: string | null | undefined;
  readonly name: string;
  readonly spec?: string | null | undefined;
  readonly unit: string;
  /** Thousandths. */
  readonly quantityMilli: number;
  readonly priceMinor: number;
  readonly remark?: string | null | undefined;
}

export type NewLine = Omit<QuoteLineRow, 'id' | 'tenantId' | 'quoteId'>;

export async function takeLines(tx: Tx, wanted: readonly WantedLine[]): Promise<Done<readonly NewLine[]>> {
  const ids = wanted.flatMap(({ productId }) => (productId ? [productId] : []));
  const products = new Map((await tx.queries.productsOf([...new Set(ids)])).map((product) => [product.id, product]));
  const missing = wanted.findIndex(({ productId }) => productId && !products.has(productId));
  if (missing >= 0) return refused('bad_request', `第 ${missing + 1} 行的产品不在目录里了，请重新选。`);
  return done(
    wanted.map(({ productId, name, spec, unit, quantityMilli, priceMinor, remark }, index) => {
      const product = productId ? products.get(productId) : undefined;
      return {
        ...{ position: index + 1, name, spec: spec ?? null, unit, quantityMilli, priceMinor, remark: remark ?? null },
        productId: product?.id ?? null,
        productLine: product?.productLine ?? null,
        listMinor: product?.listMinor ?? null,
        costMinor: product?.costMinor ?? null,
      };
    }),
  );
}

/** In their order. */
export const linesOf = (tx: Tx, quoteId: string): Promise<QuoteLineRow[]> =>
  tx.quoteLine.list({ quoteId }, { orderBy: 'position' });

/** All lines anew: of a draft. */
export async function writeLines(tx: Tx, quoteId: string, lines: readonly NewLine[]): Promise<void> {
  await tx.quoteLine.remove({ quoteId });
  for (const line of lines) await tx.quoteLine.insert({ ...line, id: tx.newId(), quoteId });
}
