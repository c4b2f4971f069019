/** The repository of one table, bound to one company: no statement leaves here without its tenant. */
import { type EntityManager, type EntitySchema, type FindOptionsWhere, IsNull } from 'typeorm';
import type { ListOptions, Table } from '../../crm/tx.ts';
import { snakeCase } from '../columns.ts';
import type { Session, SqlValue } from '../session.ts';

export function createTable<Row extends { tenantId: string; id: string }>(
  session: Session,
  schema: EntitySchema<Row>,
  tenantId: string,
): Table<Row> {
  const manager: EntityManager = session.manager;
  const repository = manager.getRepository(schema);
  /** Equality on the given columns (null means IS NULL), within the company. */
  const scoped = (where: Partial<Row>): FindOptionsWhere<Row> => {
    const entries = Object.entries({ ...where, tenantId }).map(([key, value]) => [
      key,
      value === null ? IsNull() : value,
    ]);
    return Object.fromEntries(entries) as FindOptionsWhere<Row>;
  };
  const complete = (row: Omit<Row, 'tenantId'>): Row => ({ ...row, tenantId }) as Row;

  return {
    get: (id) => repository.findOneBy(scoped({ id } as Partial<Row>)),
    find: (where) => repository.findOneBy(scoped(where)),
    list(where, options: ListOptions<Row> = {}) {
      const direction = options.descending ? 'DESC' : 'ASC';
      // Rows of one millisecond stand in the order in which they were made, on every database.
      const order = { ...(options.orderBy ? { [options.orderBy]: direction } : {}), id: direction } as never;
      const limit = options.limit === undefined ? {} : { take: options.limit };
      return repository.find({ where: scoped(where), order, ...limit });
    },
    async insert(row) {
      const full = complete(row);
      await repository.insert({ ...full } as never);
      return full;
    },
    async insertIfNew(row) {
      const entries = Object.entries(complete(row));
      const added = await session.insertNew(
        schema.options.tableName ?? schema.options.name,
        entries.map(([key]) => snakeCase(key)),
        [entries.map(([, value]) => sqlValue(value))],
      );
      return added === 1;
    },
    async update(where, patch) {
      const result = await repository.update(scoped(where), patch as never);
      return result.affected ?? 0;
    },
  };
}

function sqlValue(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return JSON.stringify(value);
}
