/** Writes many rows of the core's tables fast: thousands to a statement and tens of thousands to a transaction. */

import type { CustomerProfileRow } from '../../../src/crm/rows/organisation.ts';
import type { Tables } from '../../../src/crm/tables.ts';
import type { Database } from '../../../src/persistence/database.ts';
import { MARK_COLUMNS, marksOf } from '../../../src/persistence/repositories/customer-marks.ts';
import { statementsOf } from '../../../src/persistence/repositories/statements.ts';
import { schemas } from '../../../src/persistence/schemas.ts';
import type { SqlValue } from '../../../src/persistence/session.ts';

export type NewRow<Name extends keyof Tables> = Omit<Tables[Name], 'tenantId'>;

export interface Bulk {
  put<Name extends keyof Tables>(table: Name, rows: Iterable<NewRow<Name>>): Promise<void>;
  /** What customers are marked with, which no table of the core is: of those that `put` put there. */
  putMarks(
    customers: Iterable<Pick<CustomerProfileRow, 'id' | 'grade' | 'tags'> & { readonly ownerId: string }>,
  ): Promise<void>;
}

const PER_STATEMENT = 1_000;
const PER_TRANSACTION = 20_000;

type Values = readonly SqlValue[];

export function createBulk({ unitOfWork }: Database, tenantId: string): Bulk {
  async function write(rows: Iterator<Values>, table: string, columns: readonly string[]) {
    let next = rows.next();
    while (!next.done) {
      await unitOfWork.run(async (session) => {
        for (let written = 0; written < PER_TRANSACTION && !next.done; written += PER_STATEMENT) {
          const values: Values[] = [];
          for (; values.length < PER_STATEMENT && !next.done; next = rows.next()) values.push(next.value);
          await session.insertNew(table, columns, values);
        }
      });
    }
  }

  return {
    async put(table, rows) {
      // Which statements go with which rows is the name's word, of which the type of a union knows nothing.
      const sql = await unitOfWork.run(async ({ manager }) =>
        statementsOf(manager.dataSource, schemas[table] as never),
      );
      await write(
        mapped(rows, (row) => [sql.valuesOf({ ...row, tenantId })]),
        sql.table,
        sql.columns,
      );
    },
    async putMarks(customers) {
      const rows = mapped(customers, (customer) =>
        marksOf(customer).map((mark) => [tenantId, mark, customer.ownerId, customer.id]),
      );
      await write(rows, 'customer_mark', MARK_COLUMNS);
    },
  };
}

function* mapped<Item>(items: Iterable<Item>, of: (item: Item) => readonly Values[]): Generator<Values> {
  for (const item of items) yield* of(item);
}
