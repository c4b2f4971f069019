/** Transactions: the only file that touches the DataSource. On SQLite one writer at a time, in order of arrival. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';
import type { Connections } from './data-source.ts';
import { mysqlSession, type Session, sqliteSession } from './session.ts';

export interface UnitOfWork {
  /**
   * Runs `work` in one transaction; a call inside another joins it. After a deadlock or lock time-out (MySQL 1213,
   * 1205) the whole function runs again in a new transaction, at most 3 times: it must have no effect but rows.
   */
  run<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Reads outside a transaction; never sees uncommitted rows. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

const ATTEMPTS = 3;

export function createUnitOfWork(connections: Connections): UnitOfWork {
  const current = new AsyncLocalStorage<Session>();
  const open = connections.kind === 'sqlite' ? gatedSqlite(connections) : pooledMysql(connections);
  const read = connections.kind === 'sqlite' ? readSqlite(connections) : readMysql(connections);
  return {
    run(work) {
      const joined = current.getStore();
      if (joined) return work(joined);
      return open((session) => current.run(session, () => work(session)));
    },
    read,
  };
}

type Opener = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/**
 * The driver has one connection, so two transactions at once would mix: what one commits, the other can roll back.
 * Everyone waits in one queue; the tail of the queue is a promise. IMMEDIATE, so that a command-line tool writing
 * to the same file makes us wait at the start instead of failing at the first write.
 */
function gatedSqlite(connections: Connections): Opener {
  const runner = connections.writer.createQueryRunner();
  const session = sqliteSession(runner);
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(() => transaction(runner, 'BEGIN IMMEDIATE', session, work));
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** READ COMMITTED: no gap locks, so that claims and inserts of different chats do not wait for each other. */
function pooledMysql(connections: Connections): Opener {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const runner = connections.writer.createQueryRunner();
      try {
        await runner.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
        return await transaction(runner, 'START TRANSACTION', mysqlSession(runner), work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isLockConflict(error)) throw error;
      } finally {
        await runner.release();
      }
    }
  };
}

async function transaction<T>(
  runner: QueryRunner,
  begin: string,
  session: Session,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await runner.query(begin);
  try {
    const result = await work(session);
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    // The server may have rolled back already (deadlock, connection lost): then there is nothing left to undo.
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function readSqlite(connections: Connections): Opener {
  const session = sqliteSession(connections.reader.createQueryRunner());
  return (work) => work(session);
}

function readMysql(connections: Connections): Opener {
  return async (work) => {
    const runner = connections.reader.createQueryRunner();
    try {
      return await work(mysqlSession(runner));
    } finally {
      await runner.release();
    }
  };
}

function isLockConflict(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && (error.errno === 1213 || error.errno === 1205);
}
