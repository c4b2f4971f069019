/** Questions about the catalogue. */
import type { ProductRow } from '../rows/quotes.ts';

/** A place in a list by name: what comes after it. */
export interface ProductPlace {
  readonly name: string;
  readonly id: string;
}

export interface ProductQueries {
  /** By name; `word` in name, code or spec, null for all. `active`: those that are sold, or those that no longer are. */
  products(wanted: {
    readonly word: string | null;
    readonly active: boolean;
    readonly after: ProductPlace | null;
    readonly limit: number;
  }): Promise<readonly ProductRow[]>;
  /** Those of these that are there, in no order. */
  productsOf(ids: readonly string[]): Promise<readonly ProductRow[]>;
}
