/** Makes and drops tables and indexes; the one place in the migrations that knows how SQLite and MySQL differ. */
import type { QueryRunner } from 'typeorm';

export type ColumnKind = 'id' | 'instant' | 'long' | 'bytes' | 'flag' | `str${number}`;

export interface ColumnSpec {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly initial: number | string | null;
}

export interface TableSpec {
  readonly columns: Readonly<Record<string, ColumnSpec>>;
  readonly primary: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly index?: readonly (readonly string[])[];
}

/**
 * Makes a table with its keys. MySQL commits every CREATE TABLE by itself, so an upgrade that was killed leaves tables
 * behind without a word in the list of migrations: such a table, if it is exactly ours, is taken as made.
 */
export async function createTable(runner: QueryRunner, name: string, spec: TableSpec): Promise<void> {
  const mysql = isMysql(runner);
  if (mysql && (await isLeftOver(runner, name, spec))) return;
  const lines = [
    ...Object.entries(spec.columns).map(([column, c]) => `${quoted(column)} ${sqlType(c.kind, mysql)}${constraint(c)}`),
    `PRIMARY KEY (${list(spec.primary)})`,
    ...(spec.unique ?? []).map((columns) => `CONSTRAINT uq_${name}_${columns.at(-1)} UNIQUE (${list(columns)})`),
  ];
  if (mysql) {
    // In the same statement: the table is there with its indexes or not at all. Ids and platform keys are
    // case-sensitive: the binary collation keeps om_A and om_a apart, as SQLite does.
    const indexes = (spec.index ?? []).map((columns) => `INDEX ${indexName(name, columns)} (${list(columns)})`);
    const suffix = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
    await runner.query(`CREATE TABLE ${quoted(name)} (${[...lines, ...indexes].join(', ')}) ${suffix}`);
    return;
  }
  await runner.query(`CREATE TABLE ${quoted(name)} (${lines.join(', ')})`);
  for (const columns of spec.index ?? [])
    await runner.query(`CREATE INDEX ${indexName(name, columns)} ON ${quoted(name)} (${list(columns)})`);
}

export async function dropTable(runner: QueryRunner, name: string): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS ${quoted(name)}`);
}

/** Adds an index to a table that is there; one that an upgrade cut off on MySQL had made already is taken as made. */
export async function createIndex(runner: QueryRunner, table: string, columns: readonly string[]): Promise<void> {
  if (isMysql(runner) && (await hasIndex(runner, table, columns))) return;
  await runner.query(`CREATE INDEX ${indexName(table, columns)} ON ${quoted(table)} (${list(columns)})`);
}

export async function dropIndex(runner: QueryRunner, table: string, columns: readonly string[]): Promise<void> {
  const name = indexName(table, columns);
  if (!isMysql(runner)) await runner.query(`DROP INDEX IF EXISTS ${name}`);
  else if (await hasIndex(runner, table, columns)) await runner.query(`DROP INDEX ${name} ON ${quoted(table)}`);
}

/** Puts rows in, a few hundred to a statement; those whose key is there already stay as they are. */
export async function insertNewRows(
  runner: QueryRunner,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  const [verb, end] = isMysql(runner) ? ['INSERT IGNORE', ''] : ['INSERT', ' ON CONFLICT DO NOTHING'];
  const one = `(${columns.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    await runner.query(
      `${verb} INTO ${quoted(table)} (${list(columns)}) VALUES ${some.map(() => one).join(', ')}${end}`,
      some.flat(),
    );
  }
}

const ROWS_AT_ONCE = 500;

async function hasIndex(runner: QueryRunner, table: string, columns: readonly string[]): Promise<boolean> {
  const rows: object[] = await runner.query(
    `SELECT index_name FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1`,
    [table, indexName(table, columns)],
  );
  return rows.length > 0;
}

async function isLeftOver(runner: QueryRunner, name: string, spec: TableSpec): Promise<boolean> {
  const rows: { name: string }[] = await runner.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`,
    [name],
  );
  return rows.map((row) => row.name).join() === Object.keys(spec.columns).join();
}

/** `lead` and `signal` are words of MySQL; SQLite understands its quotes. */
function quoted(name: string): string {
  return `\`${name}\``;
}

const list = (columns: readonly string[]): string => columns.map(quoted).join(', ');

function isMysql(runner: QueryRunner): boolean {
  return runner.dataSource.options.type === 'mysql' || runner.dataSource.options.type === 'mariadb';
}

function indexName(table: string, columns: readonly string[]): string {
  // MySQL takes 64 characters.
  return `ix_${table}_${columns.filter((column) => column !== 'tenant_id').join('_')}`.slice(0, 64);
}

function constraint(c: ColumnSpec): string {
  const initial = c.initial === null ? '' : ` DEFAULT ${typeof c.initial === 'number' ? c.initial : `'${c.initial}'`}`;
  return c.nullable ? ' NULL' : ` NOT NULL${initial}`;
}

function sqlType(kind: ColumnKind, mysql: boolean): string {
  switch (kind) {
    case 'id':
      return 'VARCHAR(40)';
    case 'instant':
      return 'BIGINT';
    case 'long':
      return mysql ? 'MEDIUMTEXT' : 'TEXT';
    case 'bytes':
      return mysql ? 'LONGBLOB' : 'BLOB';
    case 'flag':
      return mysql ? 'TINYINT(1)' : 'BOOLEAN';
    default:
      return `VARCHAR(${kind.slice(3)})`;
  }
}
