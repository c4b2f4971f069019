/** Takes a connection of the pool, and does not wait for one for ever. */
import type { PoolConnection } from 'mysql2';
import type { QueryRunner } from 'typeorm';

/** A callback has long been given up by then; and whoever waits for ever waits in memory. */
const PATIENCE_MS = 20_000;

/** Rejects when none comes free in time; one that comes after all goes back at once. */
export async function acquire(runner: Pick<QueryRunner, 'connect'>, patienceMs = PATIENCE_MS): Promise<PoolConnection> {
  const coming: Promise<PoolConnection> = runner.connect();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new PoolBusyError()), patienceMs);
  try {
    return await Promise.race([coming, late.promise]);
  } catch (error) {
    coming.then(
      (connection) => connection.release(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

class PoolBusyError extends Error {
  override readonly name = 'PoolBusyError';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('no connection to the database came free');
  }
}
