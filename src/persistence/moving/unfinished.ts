/** The mark of a database that a copy has begun to fill: nobody starts on half a company. */
import { StartError } from '../../errors.ts';
import type { Connections } from '../data-source.ts';

/** A table of its own, so that nothing of ours knows it; dropped when the copy has been verified. */
export const UNFINISHED = 'copy_unfinished';

export async function refuseHalfCopy({ kind, writer }: Connections): Promise<void> {
  const sql =
    kind === 'mysql'
      ? 'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?'
      : "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
  const found: object[] = await writer.query(sql, [UNFINISHED]);
  if (found.length === 0) return;
  throw new StartError(
    'copy_unfinished',
    '这个库是 db copy 没有做完的副本，里面只有一部分数据，不能用：请把它清空后重新复制，或把 DATABASE_URL 改回原来的库。',
  );
}
