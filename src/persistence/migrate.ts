/** Brings the database to the newest shape; a migration that fails stops the start. */
import { StartError } from '../errors.ts';
import { describeError } from '../log.ts';
import type { Connections } from './data-source.ts';

/** Lock names belong to the whole server, so the name says which database is meant. */
const LOCK = "CONCAT('liaodan.', MD5(DATABASE()))";
const LOCK_WAIT_S = 120;

/** Returns the names of the migrations that were run. Throws StartError: the server must not start on a half-made house. */
export async function migrate(connections: Connections): Promise<string[]> {
  const turn = await takeTurn(connections);
  try {
    // Statement by statement: SQLite's turn is one transaction around all of it, and MySQL cannot roll tables back.
    const done = await connections.writer.runMigrations({ transaction: 'none' });
    await turn.end('COMMIT');
    return done.map((migration) => migration.name);
  } catch (cause) {
    // A transaction that the fault has ended already cannot be ended again.
    await turn.end('ROLLBACK').catch(() => undefined);
    const { code } = describeError(cause);
    throw new StartError(
      'migration_failed',
      `数据库升级失败，服务没有启动，数据没有丢。请保留现场，用备份恢复后再试，或带上这条错误求助：${code ?? ''} ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}

interface Turn {
  end(how: 'COMMIT' | 'ROLLBACK'): Promise<void>;
}

/** Several processes may start at once: they upgrade one after the other, and the later ones find it done. */
async function takeTurn(connections: Connections): Promise<Turn> {
  const runner = connections.writer.createQueryRunner();
  if (connections.kind === 'sqlite') {
    await runner.query('BEGIN IMMEDIATE');
    return {
      async end(how) {
        await runner.query(how);
      },
    };
  }
  const [row] = await runner.query(`SELECT GET_LOCK(${LOCK}, ?) AS got`, [LOCK_WAIT_S]);
  if (Number(row?.got) !== 1) {
    await runner.release();
    throw new StartError('migration_locked', '另一个实例正在升级数据库，等了两分钟还没完成。请稍后再启动。');
  }
  return {
    async end() {
      await runner.query(`SELECT RELEASE_LOCK(${LOCK})`);
      await runner.release();
    },
  };
}
