/** Takes over a whole list of products: all of it, or nothing with everything that is wrong in it. */
import type { ProductRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { differences, insertProduct } from './product-desk.ts';
import type { ProductFault, ProductList, ProductListRow } from './product-list.ts';

export interface ImportedProducts {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Chinese, in the order of the table; with any of these nothing was written. */
  readonly faults: readonly string[];
}

const UNIT = '件';

/** A product is the one with the same code, else the only one of the same name and spec. `dry`: nothing is written. */
export async function importProducts(
  tx: Tx,
  { rows, faults }: ProductList,
  { dry }: { readonly dry: boolean },
): Promise<ImportedProducts> {
  const known = indexOf(await tx.product.list({}));
  const all: ProductFault[] = [...faults];
  const taken = new Map<string, number>();
  const found: { readonly row: ProductListRow; readonly product: ProductRow | null }[] = [];
  for (const row of rows) {
    const match = known(row);
    if (match === 'several') all.push({ line: row.line, why: `目录里有几个「${row.name}」，请补上编号` });
    else found.push({ row, product: match });
    const key = match !== 'several' && match ? match.id : keyOf(row);
    const before = taken.get(key);
    if (before !== undefined) all.push({ line: row.line, why: `和第 ${before} 行是同一个产品` });
    taken.set(key, row.line);
  }
  const changes = found.map(({ row, product }) => ({ row, product, change: product && differences(product, row) }));
  const count = {
    added: changes.filter(({ product }) => product === null).length,
    changed: changes.filter(({ change }) => change !== null && change.fields.length > 0).length,
    same: changes.filter(({ change }) => change?.fields.length === 0).length,
  };
  if (all.length > 0) return { added: 0, changed: 0, same: 0, faults: inOrder(all) };
  if (dry) return { ...count, faults: [] };
  for (const { row, product, change } of changes) {
    if (product === null) await insertProduct(tx, { ...row, unit: row.unit ?? UNIT });
    else if (change && change.fields.length > 0)
      await tx.product.update({ id: product.id }, { ...change.patch, updatedAt: tx.now });
  }
  return { ...count, faults: [] };
}

const inOrder = (faults: readonly ProductFault[]): string[] =>
  faults
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ line, why }) => (line === null ? why : `第 ${line} 行：${why}`));

const keyOf = ({ code, name, spec }: Pick<ProductListRow, 'code' | 'name' | 'spec'>): string =>
  code ? `code:${code}` : nameKey({ name, spec });

const nameKey = ({ name, spec }: Pick<ProductListRow, 'name' | 'spec'>): string => JSON.stringify([name, spec ?? null]);

function indexOf(products: readonly ProductRow[]): (row: ProductListRow) => ProductRow | null | 'several' {
  const byCode = new Map(products.map((product) => [product.code, product]));
  const byName = Map.groupBy(products, nameKey);
  return (row) => {
    if (row.code) {
      const coded = byCode.get(row.code);
      // One that has no code yet is given its code.
      const uncoded = (byName.get(nameKey(row)) ?? []).filter(({ code }) => code === null);
      return coded ?? (uncoded.length > 1 ? 'several' : (uncoded[0] ?? null));
    }
    const [first, ...more] = byName.get(nameKey(row)) ?? [];
    return more.length > 0 ? 'several' : (first ?? null);
  };
}
