/** The SQL of one table, written once per database from TypeORM's description of it: its query builder would write it anew for every call. */
import type { DataSource, EntitySchema, ObjectLiteral } from 'typeorm';
import type { SqlValue } from '../session.ts';

/** Equality on these properties; null means IS NULL. */
export type Where = Readonly<Record<string, unknown>>;

export interface SqlPart {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export interface TableStatements<Row> {
  readonly table: string;
  /** Names of the columns in the order of `valuesOf`. */
  readonly columns: readonly string[];
  /** `INSERT` of one whole row. */
  readonly insert: string;
  /** `SELECT` of whole rows, up to and including the table's alias `t`. */
  readonly select: string;
  /** A column as SQL writes it; throws on a property the table does not have. */
  column(property: string): string;
  /** ` WHERE …` and what its `?` stand for. */
  condition(where: Where): SqlPart;
  /** `UPDATE … SET …`, up to its condition. */
  update(patch: Where): SqlPart;
  /** `DELETE FROM …`, up to its condition. */
  readonly remove: string;
  valuesOf(row: Where): SqlValue[];
  /** What `select` answered, as the row the core knows. */
  rowOf(raw: Readonly<Record<string, unknown>>): Row;
}

const known = new WeakMap<DataSource, Map<EntitySchema, TableStatements<never>>>();

export function statementsOf<Row extends ObjectLiteral>(
  source: DataSource,
  schema: EntitySchema<Row>,
): TableStatements<Row> {
  const ofSource = known.get(source) ?? new Map<EntitySchema, TableStatements<never>>();
  known.set(source, ofSource);
  const made = (ofSource.get(schema) as TableStatements<Row> | undefined) ?? writeStatements(source, schema);
  ofSource.set(schema, made as TableStatements<never>);
  return made;
}

function writeStatements<Row extends ObjectLiteral>(
  source: DataSource,
  schema: EntitySchema<Row>,
): TableStatements<Row> {
  const { driver } = source;
  const metadata = source.getMetadata(schema);
  const name = driver.escape(metadata.tableName);
  const columns = metadata.columns.map((column) => ({
    column,
    property: column.propertyName,
    stored: column.databaseName,
    sql: driver.escape(column.databaseName),
  }));
  const byProperty = new Map(columns.map((entry) => [entry.property, entry]));
  const find = (property: string) => {
    const entry = byProperty.get(property);
    if (!entry) throw new Error(`${metadata.tableName} has no ${property}`);
    return entry;
  };
  // Undefined is a slip of the caller: in a condition it would silently mean "any".
  const store = (property: string, value: unknown): SqlValue => {
    if (value === undefined) throw new Error(`${metadata.tableName}.${property} is undefined`);
    return driver.preparePersistentValue(value, find(property).column) as SqlValue;
  };
  const names = columns.map(({ sql }) => sql);
  return {
    table: metadata.tableName,
    columns: columns.map(({ stored }) => stored),
    insert: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    select: `SELECT ${names.map((column) => `t.${column}`).join(', ')} FROM ${name} t`,
    column: (property) => find(property).sql,
    condition(where) {
      const entries = Object.entries(where);
      const terms = entries.map(([property, value]) => `${find(property).sql} ${value === null ? 'IS NULL' : '= ?'}`);
      const params = entries.filter(([, value]) => value !== null).map(([property, value]) => store(property, value));
      return { sql: ` WHERE ${terms.join(' AND ')}`, params };
    },
    update(patch) {
      const entries = Object.entries(patch);
      const terms = entries.map(([property]) => `${find(property).sql} = ?`);
      const params = entries.map(([property, value]) => store(property, value));
      return { sql: `UPDATE ${name} SET ${terms.join(', ')}`, params };
    },
    remove: `DELETE FROM ${name}`,
    valuesOf: (row) => columns.map(({ property }) => store(property, row[property])),
    rowOf(raw) {
      const row: Record<string, unknown> = {};
      for (const { column, property, stored } of columns)
        row[property] = driver.prepareHydratedValue(raw[stored], column);
      return row as Row;
    },
  };
}
