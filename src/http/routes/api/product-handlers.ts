/** The API's operations on the catalogue. */
import { setImmediate } from 'node:timers/promises';
import { type Desk, type Done, done, refused } from '../../../crm/access/desk.ts';
import { importProducts } from '../../../crm/product/import-products.ts';
import { addProduct, changeProduct, listProducts, mayKeepProducts } from '../../../crm/product/product-desk.ts';
import { readProductList } from '../../../crm/product/product-list.ts';
import { maySeeCosts } from '../../../crm/quote/costs.ts';
import type { ProductRow } from '../../../crm/rows/quotes.ts';
import type { ProductView } from '../../contract/product.ts';
import type { Handlers } from './handling.ts';
import { productView } from './quote-view.ts';

const PAGE = 30;

export const productHandlers: Pick<Handlers, 'products' | 'addProduct' | 'changeProduct' | 'importProducts'> = {
  products: async (desk, { query: { limit = PAGE, cursor, q = '', gone } }) => {
    const wanted = { word: q === '' ? null : q, active: gone === undefined, after: cursor ?? null, limit };
    const page = await listProducts(desk, wanted, () => setImmediate());
    if (!page.ok) return page;
    const { items, more } = page.value;
    const last = items.at(-1);
    const costs = maySeeCosts(desk.tx, desk.me);
    return done({ items: items.map((row) => productView(row, costs)), next: more && last ? last.id : null });
  },
  addProduct: async (desk, { body }) => shown(desk, await addProduct(desk, body)),
  changeProduct: async (desk, { id, body }) => shown(desk, await changeProduct(desk, id, body)),
  importProducts: async (desk, { body: { dry }, table }) => {
    if (!mayKeepProducts(desk.me)) return refused('forbidden', '产品目录由经理和管理员维护。');
    if (!table.ok) return refused('bad_request', table.why);
    const list = readProductList(table.rows);
    if (!maySeeCosts(desk.tx, desk.me) && list.rows.some(({ costMinor }) => costMinor !== undefined))
      return refused('forbidden', '你看不到成本，请去掉“成本”这一列再导入。');
    const { faults, ...count } = await importProducts(desk.tx, list, { dry });
    if (!dry && faults.length === 0)
      desk.notes.push({ action: 'product.import', entity: 'product', entityId: 'catalogue', detail: count });
    return done({ ...count, faults: [...faults] });
  },
};

function shown({ tx, me }: Desk, product: Done<ProductRow>): Done<ProductView> {
  return product.ok ? done(productView(product.value, maySeeCosts(tx, me))) : product;
}
