/** The pool of connections to MySQL: what is set on each of them, and an end to waiting for a server that has vanished. */
import type { Socket } from 'node:net';
import mysql2, { type Pool, type PoolConnection, type PoolOptions } from 'mysql2';

/**
 * What a server may have configured otherwise and our statements rely on: values that do not fit are refused, backslashes
 * escape, characters arrive as they are. No statement asks the server for the time; UTC, should one ever do.
 *
 * Every key begins with the company, and so does the primary one: MariaDB takes "all rows of the company" for something
 * worth cutting a good index with, and reads a whole table for five rows (measured: 12 ms instead of 0.2 on 60,000).
 * https://mariadb.com/kb/en/optimizer-switch/ · https://dev.mysql.com/doc/refman/8.4/en/switchable-optimizations.html
 */
export const SESSION = {
  needed: [
    `SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1,
     sql_safe_updates = 0, innodb_lock_wait_timeout = 20, character_set_client = utf8mb4, character_set_results = utf8mb4,
     collation_connection = utf8mb4_bin`,
    // No gap locks: claims and inserts of different chats do not wait for each other. Said once, not before every transaction.
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  ],
  wished: [
    "SET SESSION optimizer_switch = 'index_merge_intersection=off'",
    // A new connection may be to the node that took over from one which died: it waits until that node has caught up.
    // https://mariadb.com/kb/en/galera-cluster-system-variables/#wsrep_sync_wait
    ...['SET SESSION wsrep_sync_wait = 1', 'SELECT 1', 'SET SESSION wsrep_sync_wait = 0'],
  ],
};

/** A connection that carries nothing is asked by the operating system whether it is still there, after this long. */
const KEEP_ALIVE_MS = 10_000;
/** A platform waits 3 to 5 seconds for its answer: whoever waits longer for a connection is late anyway. */
const CONNECT_MS = 5_000;

export const poolOptions = (size: number): PoolOptions => ({
  connectionLimit: size,
  connectTimeout: CONNECT_MS,
  enableKeepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_MS,
});

/** How long a statement may wait for the next byte of its answer. */
export interface Patience {
  /** From now on; 0 for no end. */
  limit(ms: number): void;
}

/** The driver for TypeORM, and the patience of all connections that it opens: without end, to begin with. */
export function createMysqlDriver(): { driver: object; patience: Patience } {
  const sockets = new Map<Socket, { readonly busy: () => boolean }>();
  let patienceMs = 0;

  function watch(pool: Pool): void {
    const inUse = new WeakSet<PoolConnection>();
    pool.on('acquire', (connection) => inUse.add(connection));
    pool.on('release', (connection) => inUse.delete(connection));
    pool.on('connection', (connection) => {
      const { stream: socket } = connection as PoolConnection & { readonly stream: Socket };
      for (const statement of SESSION.needed)
        connection.query(statement, (error) => {
          // With an error, so that whoever was given the connection and waits behind this is told.
          if (error) socket.destroy(error);
        });
      for (const statement of SESSION.wished) connection.query(statement, () => undefined);
      sockets.set(socket, { busy: () => inUse.has(connection) });
      socket.setTimeout(patienceMs);
      socket.on('timeout', () => {
        const heard = socket.bytesRead;
        // After a pause of this process time is up before what has arrived meanwhile is read: a turn for reading first.
        setImmediate(() =>
          setImmediate(() => {
            // An idle one is nobody's trouble; one in use has waited for an answer all the time.
            if (!inUse.has(connection) || socket.bytesRead !== heard) return;
            socket.destroy(new ServerSilentError());
            // The others lead to the same silence: taken one after the other, each would be waited for as long.
            for (const [other, { busy }] of sockets) if (!busy()) other.destroy();
          }),
        );
      });
      socket.once('close', () => sockets.delete(socket));
    });
  }

  return {
    driver: {
      ...mysql2,
      createPool(options: PoolOptions): Pool {
        const pool = mysql2.createPool(options);
        watch(pool);
        return pool;
      },
    },
    patience: {
      limit(ms) {
        patienceMs = ms;
        for (const socket of sockets.keys()) socket.setTimeout(ms);
      },
    },
  };
}

/** Half-open: the other machine is gone and its network says nothing. The server takes the transaction back by itself. */
class ServerSilentError extends Error {
  override readonly name = 'ServerSilentError';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('the database server does not answer');
  }
}
