/** Questions about products and quotes. */
import type { ProductQueries } from '../../crm/product/product-queries.ts';
import type { QuoteQueries } from '../../crm/quote/quote-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { SqlPart } from './statements.ts';
import type { StoredTables } from './tables.ts';

export function createQuoteQueries(
  session: Session,
  { product, quote }: StoredTables,
  tenantId: string,
): ProductQueries & QuoteQueries {
  return {
    products({ word, active, after, limit }) {
      const parts: readonly SqlPart[] = [
        { sql: 'AND t.active = ?', params: [active ? 1 : 0] },
        containing(word),
        after === null
          ? { sql: '', params: [] }
          : { sql: 'AND (t.name > ? OR (t.name = ? AND t.id > ?))', params: [after.name, after.name, after.id] },
      ];
      return product.select(`${parts.map(({ sql }) => sql).join(' ')} ORDER BY t.name, t.id LIMIT ?`, [
        ...parts.flatMap(({ params }) => params),
        limit,
      ]);
    },

    async productsOf(ids) {
      if (ids.length === 0) return [];
      const some = among(ids);
      return product.select(`AND t.id IN ${some.sql}`, some.params);
    },

    async lastQuoteNumber(beginning) {
      const [row] = await session.query<{ number: string }>(
        `SELECT number FROM quote WHERE tenant_id = ? AND number >= ? AND number < ?
         ORDER BY LENGTH(number) DESC, number DESC LIMIT 1`,
        [tenantId, beginning, `${beginning}~`],
      );
      return row?.number ?? null;
    },

    quotesPast: (at, limit) =>
      quote.select(`AND t.status IN ('approved', 'sent') AND t.valid_until < ? ORDER BY t.valid_until LIMIT ?`, [
        at,
        limit,
      ]),
  };
}

/** What people write into a search box stands for itself: `%` and `_` too. */
function containing(word: string | null): SqlPart {
  if (word === null) return { sql: '', params: [] };
  const like = `%${word.replace(/[!%_]/g, '!$&')}%`;
  const term = (column: string) => `LOWER(COALESCE(t.${column}, '')) LIKE LOWER(?) ESCAPE '!'`;
  return { sql: `AND (${['name', 'code', 'spec'].map(term).join(' OR ')})`, params: [like, like, like] };
}
