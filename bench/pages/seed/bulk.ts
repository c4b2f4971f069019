/** Writes many rows of the core's tables fast: thousands to a statement and tens of thousands to a transaction. */
import type { Tables } from '../../../src/crm/tables.ts';
import type { Database } from '../../../src/persistence/database.ts';
import { statementsOf } from '../../../src/persistence/repositories/statements.ts';
import { schemas } from '../../../src/persistence/schemas.ts';

export type NewRow<Name extends keyof Tables> = Omit<Tables[Name], 'tenantId'>;

export interface Bulk {
  put<Name extends keyof Tables>(table: Name, rows: Iterable<NewRow<Name>>): Promise<void>;
}

const PER_STATEMENT = 1_000;
const PER_TRANSACTION = 20_000;

export function createBulk({ unitOfWork }: Database, tenantId: string): Bulk {
  return {
    async put(table, rows) {
      const waiting = rows[Symbol.iterator]();
      let next = waiting.next();
      while (!next.done) {
        await unitOfWork.run(async (session) => {
          // Which statements go with which rows is the name's word, of which the type of a union knows nothing.
          const sql = statementsOf(session.manager.dataSource, schemas[table] as never);
          for (let written = 0; written < PER_TRANSACTION && !next.done; written += PER_STATEMENT) {
            const values = [];
            for (; values.length < PER_STATEMENT && !next.done; next = waiting.next())
              values.push(sql.valuesOf({ ...next.value, tenantId }));
            await session.insertNew(sql.table, sql.columns, values);
          }
        });
      }
    },
  };
}
