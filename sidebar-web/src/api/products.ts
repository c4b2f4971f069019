/** The calls of those who keep the catalogue, typed by the server's contract. */
import type { PageView } from '../../../src/http/contract/common.ts';
import type {
  NewProductBody,
  ProductImportView,
  ProductPatch,
  ProductView,
} from '../../../src/http/contract/product.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { ProductImportView, ProductPatch } from '../../../src/http/contract/product.ts';

const part = encodeURIComponent;

export const productsApi = {
  /** `gone`: instead those that are no longer sold. */
  list(words: string, gone: boolean, cursor: string | null) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ q: words, gone: gone ? '1' : '', cursor }))
      if (value) query.set(name, value);
    return ask<PageView<ProductView>>(`products?${query}`);
  },
  add: (body: NewProductBody) => ask<ProductView>('products', body),
  change: (id: string, body: ProductPatch) => ask<ProductView>(`products/${part(id)}`, body, 'PATCH'),
  import: (fileName: string, base64: string, dry: boolean) =>
    ask<ProductImportView>('products/import', { fileName, base64, dry }),
} as const;
