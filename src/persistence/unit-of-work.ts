/** Transactions: the only file that touches the DataSource. On SQLite one writer at a time, in order of arrival. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { QueryRunner } from 'typeorm';
import type { TransactionWatch, UnitOfWork as UnitOfWorkPort } from '../work/store.ts';
import { acquire } from './acquire.ts';
import type { Connections } from './data-source.ts';
import { mysqlSession, type Session, sqliteSession } from './session.ts';
import { beginImmediate } from './sqlite-begin.ts';

export type UnitOfWork = UnitOfWorkPort<Session>;

const RETRIES = 3;
/** Those who met in a conflict come back at different moments, or they meet again. */
const APART_MS = 50;

/** The transaction that a call chain is in. */
interface Current {
  readonly session: Session;
  ended: boolean;
  fault: { readonly error: unknown } | null;
}

export function createUnitOfWork(connections: Connections, watch: TransactionWatch = unwatched): UnitOfWork {
  const chain = new AsyncLocalStorage<Current>();
  const open = connections.kind === 'sqlite' ? gatedSqlite(connections, watch) : pooledMysql(connections, watch);
  const read = connections.kind === 'sqlite' ? readSqlite(connections) : readMysql(connections);

  async function join<T>(current: Current, work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await work(current.session);
    } catch (error) {
      // Half of its rows may be written: whoever catches this must not be able to commit them.
      current.fault ??= { error };
      throw error;
    }
  }

  return {
    run(work) {
      const joined = chain.getStore();
      // A call that outlives the transaction it was started in must not write into somebody else's.
      if (joined && !joined.ended) return join(joined, work);
      return open(async (session) => {
        const current: Current = { session, ended: false, fault: null };
        try {
          const result = await chain.run(current, () => work(session));
          if (current.fault) throw current.fault.error;
          return result;
        } finally {
          current.ended = true;
        }
      });
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
function gatedSqlite(connections: Connections, watch: TransactionWatch): Opener {
  const runner = connections.writer.createQueryRunner();
  const session = sqliteSession(runner);
  let tail: Promise<unknown> = Promise.resolve();

  async function transaction<T>(work: (session: Session) => Promise<T>, askedAt: number): Promise<T> {
    const connection: Database.Database = await runner.connect();
    await beginImmediate(connection);
    const ended = timed(watch, askedAt);
    let committed = false;
    try {
      const result = await work(session);
      connection.exec('COMMIT');
      committed = true;
      return result;
    } finally {
      ended(committed);
      // Still open: the work failed, or the COMMIT did. Nothing of it may reach the next in the queue.
      if (connection.inTransaction) connection.exec('ROLLBACK');
    }
  }

  return (work) => {
    const askedAt = performance.now();
    const turn = tail.then(() => transaction(work, askedAt));
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** READ COMMITTED, as every connection of the pool is told at its beginning. */
function pooledMysql(connections: Connections, watch: TransactionWatch): Opener {
  async function transaction<T>(runner: QueryRunner, work: (session: Session) => Promise<T>): Promise<T> {
    const askedAt = performance.now();
    const connection = await acquire(runner);
    const session = mysqlSession(runner.manager, connection);
    const ended = timed(watch, askedAt);
    try {
      await session.command('START TRANSACTION');
      const result = await work(session);
      await session.command('COMMIT');
      ended(true);
      return result;
    } catch (error) {
      ended(false);
      // A connection that cannot even roll back does not return to the pool: the server drops it, and its work with it.
      await session.command('ROLLBACK').catch(() => connection.destroy());
      throw error;
    }
  }

  return async (work) => {
    for (let retries = 0; ; retries += 1) {
      const runner = connections.writer.createQueryRunner();
      try {
        return await transaction(runner, work);
      } catch (error) {
        if (retries >= RETRIES || !isConflict(error)) throw error;
        watch.retried(error.errno);
      } finally {
        await runner.release();
      }
      await sleep(Math.random() * APART_MS * 2 ** retries);
    }
  };
}

/** Its turn has come: says so, and returns what says how it ended. */
function timed(watch: TransactionWatch, askedAt: number): (committed: boolean) => void {
  const begunAt = performance.now();
  watch.began((begunAt - askedAt) / 1_000);
  return (committed) => watch.ended((performance.now() - begunAt) / 1_000, committed);
}

const unwatched: TransactionWatch = { began() {}, ended() {}, retried() {} };

function readSqlite(connections: Connections): Opener {
  const session = sqliteSession(connections.reader.createQueryRunner());
  return (work) => work(session);
}

function readMysql(connections: Connections): Opener {
  return async (work) => {
    const runner = connections.reader.createQueryRunner();
    try {
      return await work(mysqlSession(runner.manager, await acquire(runner)));
    } finally {
      await runner.release();
    }
  };
}

/** Deadlock, lock time-out, and a key that somebody else inserted after we had looked: the next run finds their row. */
const CONFLICTS: readonly unknown[] = [1213, 1205, 1062];

function isConflict(error: unknown): error is Error & { errno: number } {
  return error instanceof Error && 'errno' in error && CONFLICTS.includes(error.errno);
}
