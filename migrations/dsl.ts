/** The few words migrations are written in; the one place that knows how SQLite and MySQL differ. */
import type { QueryRunner } from 'typeorm';

type ColumnKind = 'id' | 'instant' | 'long' | 'flag' | `str${number}`;

interface ColumnSpec {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly initial: number | string | null;
}

export interface Column extends ColumnSpec {
  /** May be NULL. */
  readonly optional: Column;
  /** Value of rows that do not say. */
  startsAt(value: number | string): Column;
}

function column(spec: ColumnSpec): Column {
  return {
    ...spec,
    get optional() {
      return column({ ...spec, nullable: true });
    },
    startsAt: (value) => column({ ...spec, initial: value }),
  };
}

const of = (kind: ColumnKind): Column => column({ kind, nullable: false, initial: null });

/** Our own 26-character ids, and platform-free keys up to 40 characters. */
export const id = of('id');
/** Milliseconds since the epoch, counters, money in minor units. */
export const integer = of('instant');
/** Text without a limit that matters (up to 16 MiB): payloads, JSON, messages. */
export const long = of('long');
export const flag = of('flag');
/** Short text of at most `length` characters; part of an index at most 191. */
export const str = (length: number): Column => of(`str${length}`);

export interface TableSpec {
  readonly columns: Readonly<Record<string, Column>>;
  readonly primary: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly index?: readonly (readonly string[])[];
}

export async function createTable(runner: QueryRunner, name: string, spec: TableSpec): Promise<void> {
  const mysql = isMysql(runner);
  const lines = Object.entries(spec.columns).map(
    ([columnName, c]) => `${columnName} ${sqlType(c.kind, mysql)}${constraint(c)}`,
  );
  lines.push(`PRIMARY KEY (${spec.primary.join(', ')})`);
  for (const columns of spec.unique ?? [])
    lines.push(`CONSTRAINT uq_${name}_${columns.at(-1)} UNIQUE (${columns.join(', ')})`);
  // Ids and platform keys are case-sensitive: the binary collation keeps om_A and om_a apart, as SQLite does.
  const suffix = mysql ? ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' : '';
  await runner.query(`CREATE TABLE ${name} (${lines.join(', ')})${suffix}`);
  for (const columns of spec.index ?? []) {
    await runner.query(
      `CREATE INDEX ix_${name}_${columns.filter((c) => c !== 'tenant_id').join('_')} ON ${name} (${columns.join(', ')})`,
    );
  }
}

export async function dropTable(runner: QueryRunner, name: string): Promise<void> {
  await runner.query(`DROP TABLE ${name}`);
}

function isMysql(runner: QueryRunner): boolean {
  return runner.dataSource.options.type === 'mysql' || runner.dataSource.options.type === 'mariadb';
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
    case 'flag':
      return mysql ? 'TINYINT(1)' : 'BOOLEAN';
    default:
      return `VARCHAR(${kind.slice(3)})`;
  }
}
