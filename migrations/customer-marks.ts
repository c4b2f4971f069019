/** Marks of customers that are there already. Run again after an upgrade that was cut off, it puts in what is missing. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insertNewRows } from './create-table.ts';

interface Marked {
  readonly id: string;
  readonly owner: string;
  readonly grade: string | null;
  readonly tags: string;
}

const AT_ONCE = 1_000;
const COLUMNS = ['tenant_id', 'mark', 'owner_id', 'customer_id'];

export class fillCustomerMarks implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tenants: { id: string }[] = await runner.query('SELECT id FROM tenant');
    for (const { id: tenantId } of tenants)
      for (let after: string | undefined = ''; after !== undefined; ) {
        const customers: Marked[] = await runner.query(
          `SELECT p.id AS id, c.owner_id AS owner, p.grade AS grade, p.tags AS tags FROM customer_profile p
           JOIN customer c ON c.tenant_id = p.tenant_id AND c.id = p.id
           WHERE p.tenant_id = ? AND p.id > ? AND c.withdrawn_at IS NULL AND (p.grade IS NOT NULL OR p.tags <> '[]')
           ORDER BY p.id LIMIT ${AT_ONCE}`,
          [tenantId, after],
        );
        const rows = customers.flatMap((customer) =>
          marksOf(customer).map((mark) => [tenantId, mark, customer.owner, customer.id]),
        );
        await insertNewRows(runner, 'customer_mark', COLUMNS, rows);
        after = customers.length < AT_ONCE ? undefined : customers.at(-1)?.id;
      }
  }

  async down(): Promise<void> {}
}

/** As they were written when this was released. */
function marksOf({ grade, tags }: Marked): readonly string[] {
  const marks: (readonly [string | null, string | null])[] = grade === null ? [] : [[grade, null]];
  for (const tag of new Set(JSON.parse(tags) as string[])) {
    marks.push([null, tag]);
    if (grade !== null) marks.push([grade, tag]);
  }
  return marks.map((mark) => JSON.stringify(mark));
}
