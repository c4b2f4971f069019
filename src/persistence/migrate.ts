/** Brings the database to the newest shape; a migration that fails stops the start. */
import { StartError } from '../errors.ts';
import { describeError } from '../log.ts';
import type { Connections } from './data-source.ts';

const LOCK = 'liaodan_migrations';
const LOCK_WAIT_S = 120;

/** Returns the names of the migrations that were run. Throws StartError: the server must not start on a half-made house. */
export async function migrate(connections: Connections): Promise<string[]> {
  const unlock = await takeTurn(connections);
  try {
    const done = await connections.writer.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } catch (cause) {
    const { code } = describeError(cause);
    throw new StartError(
      'migration_failed',
      `数据库升级失败，服务没有启动，数据没有丢。请保留现场，用备份恢复后再试，或带上这条错误求助：${code ?? ''} ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  } finally {
    await unlock();
  }
}

/** Several instances may start at once on MySQL: they upgrade one after the other. SQLite's file lock does the same. */
async function takeTurn(connections: Connections): Promise<() => Promise<void>> {
  if (connections.kind === 'sqlite') return async () => {};
  const runner = connections.writer.createQueryRunner();
  const [row] = await runner.query('SELECT GET_LOCK(?, ?) AS got', [LOCK, LOCK_WAIT_S]);
  if (Number(row?.got) !== 1) {
    await runner.release();
    throw new StartError('migration_locked', '另一个实例正在升级数据库，等了两分钟还没完成。请稍后再启动。');
  }
  return async () => {
    await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]);
    await runner.release();
  };
}
