/** Copies a company from one database to another while nobody works on it, and proves that nothing was lost or changed. */
import { StartError } from '../../errors.ts';
import type { CopiedTable, CopyProgress, CopyReport, TableSum } from '../../work/moving.ts';
import { createChecksum } from './checksum.ts';
import { openEmptyTarget, openSource } from './ends.ts';
import type { Side } from './side.ts';
import { UNFINISHED } from './unfinished.ts';

/** Between two commits. */
const ROWS_PER_COMMIT = 10_000;
const TELL_EVERY_MS = 2_000;

/**
 * Throws StartError when an end is not fit for it: the source in use or of another version, the target not empty. `same`
 * is false when the two differ afterwards; the target then keeps its mark, and nobody can start on it.
 */
export async function copyCompany(from: string, to: string, progress: CopyProgress): Promise<CopyReport> {
  const begun = Date.now();
  await using ends = new AsyncDisposableStack();
  const source = ends.adopt(await openSource(from, to), (side) => side.close());
  const target = ends.adopt(await openEmptyTarget(to), (side) => side.close());
  const tables = await tablesOf(source, target);
  await target.run(`CREATE TABLE ${UNFINISHED} (begun_at BIGINT)`);
  progress.begin('copy', tables.length);
  for (const [table, columns] of tables) await copyTable(source, target, table, columns, progress);
  progress.begin('verify', tables.length);
  const copied: CopiedTable[] = [];
  for (const [table, columns] of tables) {
    const [was, is] = [await sumOf(source, table, columns), await sumOf(target, table, columns)];
    copied.push({ table, from: was, to: is, same: was.rows === is.rows && was.checksum === is.checksum });
  }
  await refuseInUse(source);
  const same = copied.every((table) => table.same);
  if (same) await target.run(`DROP TABLE ${UNFINISHED}`);
  const rows = copied.reduce((sum, table) => sum + table.to.rows, 0);
  return { tables: copied, rows, same, tookMs: Date.now() - begun };
}

/** The tables that the migrations have just made, and their columns: all of them, and nothing but them. */
async function tablesOf(source: Side, target: Side): Promise<(readonly [string, readonly string[]])[]> {
  const there = new Set(await source.tables());
  const ours = (await target.tables()).filter((table) => table !== 'migrations');
  return Promise.all(
    ours.map(async (table) => {
      const columns = await target.columns(table);
      const missing = there.has(table) ? missingIn(await source.columns(table), columns) : [table];
      if (missing.length === 0) return [table, columns] as const;
      const sentence = `${source.name} 的表 ${table} 和这个版本的不一样（${missing.join('、')}）：没有复制。`;
      throw new StartError('copy_shape', sentence);
    }),
  );
}

/** Columns that only one of them has. */
function missingIn(there: readonly string[], wanted: readonly string[]): string[] {
  return [...new Set([...there, ...wanted])].filter((name) => !there.includes(name) || !wanted.includes(name));
}

async function copyTable(
  source: Side,
  target: Side,
  table: string,
  columns: readonly string[],
  progress: CopyProgress,
): Promise<void> {
  const total = await source.count(table);
  let [done, inTransaction, toldAt] = [0, 0, Date.now()];
  await target.run('BEGIN');
  for await (const rows of source.batches(table, columns)) {
    await target.insert(table, columns, rows).catch((error: unknown) => {
      throw target.whyRefused(error, table) ?? error;
    });
    done += rows.length;
    inTransaction += rows.length;
    if (inTransaction >= ROWS_PER_COMMIT) {
      await target.run('COMMIT');
      await target.run('BEGIN');
      inTransaction = 0;
    }
    if (Date.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = Date.now();
    progress.rows(table, done, total);
  }
  await target.run('COMMIT');
  progress.rows(table, done, done);
}

async function sumOf(side: Side, table: string, columns: readonly string[]): Promise<TableSum> {
  const checksum = createChecksum();
  for await (const rows of side.batches(table, columns)) checksum.add(rows);
  return checksum.sum();
}

/** A server that was started on the source meanwhile has taken in what the copy does not have. */
async function refuseInUse(source: Side): Promise<void> {
  const other = await source.usedBy();
  if (other === null) return;
  throw new StartError(
    'database_in_use',
    `复制期间有程序连上了 ${source.name}（${other}），副本可能少了它写入的内容，不能用：请停掉它，清空目标库后重新复制。`,
  );
}
