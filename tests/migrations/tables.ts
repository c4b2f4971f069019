/** What a database really holds: its tables, their columns, and their unique keys. */
import type { DataSource } from 'typeorm';

export interface ColumnFact {
  readonly name: string;
  /** Lower case, with its length: `varchar(40)`. */
  readonly type: string;
  readonly nullable: boolean;
}

export async function tableNames(source: DataSource): Promise<string[]> {
  const sql =
    source.options.type === 'mysql'
      ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  return ((await source.query(sql)) as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'migrations')
    .sort();
}

export async function columnsOf(source: DataSource, table: string): Promise<ColumnFact[]> {
  if (source.options.type === 'mysql') {
    const rows: { name: string; type: string; nullable: string }[] = await source.query(
      `SELECT column_name AS name, column_type AS type, is_nullable AS nullable FROM information_schema.columns
       WHERE table_schema = DATABASE() AND table_name = ?`,
      [table],
    );
    return rows.map(({ name, type, nullable }) => ({ name, type: type.toLowerCase(), nullable: nullable === 'YES' }));
  }
  const rows: { name: string; type: string; notnull: number }[] = await source.query(`PRAGMA table_info(\`${table}\`)`);
  return rows.map(({ name, type, notnull }) => ({ name, type: type.toLowerCase(), nullable: notnull === 0 }));
}

/** Columns of each unique key, the primary one included. */
export async function uniqueKeysOf(source: DataSource, table: string): Promise<string[][]> {
  if (source.options.type === 'mysql') {
    const rows: { columns: string }[] = await source.query(
      `SELECT GROUP_CONCAT(column_name ORDER BY seq_in_index) AS columns FROM information_schema.statistics
       WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0 GROUP BY index_name`,
      [table],
    );
    return rows.map(({ columns }) => columns.split(','));
  }
  const indexes: { name: string; unique: number }[] = await source.query(`PRAGMA index_list(\`${table}\`)`);
  const keys = indexes
    .filter(({ unique }) => unique === 1)
    .map(async ({ name }) => {
      const columns: { name: string }[] = await source.query(`PRAGMA index_info(\`${name}\`)`);
      return columns.map((column) => column.name);
    });
  return Promise.all(keys);
}
