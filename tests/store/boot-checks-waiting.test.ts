/** A database server that vanishes without a word: nobody waits for ever, and the pool is sound again by itself. */
import { expect, it } from 'vitest';
import { closeConnections, openConnections } from '../../src/persistence/data-source.ts';
import { isDatabaseTrouble } from '../../src/persistence/trouble.ts';
import { createUnitOfWork } from '../../src/persistence/unit-of-work.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';
import { startTcpProxy } from '../support/services/tcp-proxy.ts';

/** Long enough that a busy machine does not look like a silent one. */
const LIMIT_MS = 1_000;
/** More than the pool has connections. */
const CROWD = 20;

async function behindProxy() {
  const { url, dispose } = await freshDatabaseUrl();
  const proxy = await startTcpProxy([Number(new URL(url).port || 3306)]);
  const near = new URL(url);
  near.port = String(proxy.port);
  const connections = await openConnections(near.href, []);
  connections.limitWaiting(LIMIT_MS);
  const unitOfWork = createUnitOfWork(connections);
  const ask = (sql = 'SELECT 1 AS one') => unitOfWork.run((session) => session.query(sql));
  const crowd = (sql?: string) => Promise.allSettled(Array.from({ length: CROWD }, () => ask(sql)));
  return {
    proxy,
    ask,
    look: () => unitOfWork.read((session) => session.query('SELECT 1 AS one')),
    crowd,
    async [Symbol.asyncDispose]() {
      await closeConnections(connections);
      await proxy.close();
      await dispose();
    },
  };
}

const failed = (results: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));

if (databaseKind === 'sqlite')
  describeDatabase('a database in this process', () => {
    it('cannot vanish: a long statement is waited for', async () => {
      const { url, dispose } = await freshDatabaseUrl();
      const connections = await openConnections(url, []);
      connections.limitWaiting(1);
      const count =
        'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT MAX(i) AS i FROM n';
      expect(await createUnitOfWork(connections).read((session) => session.query(count))).toEqual([{ i: 200_000 }]);
      await closeConnections(connections);
      await dispose();
    });
  });
else
  describeDatabase('a database that has vanished', () => {
    it('half-open connections fail soon, as trouble with the database, and new ones take their place', async () => {
      await using bench = await behindProxy();
      expect(failed(await bench.crowd('SELECT SLEEP(0.02)'))).toEqual([]);
      expect(bench.proxy.connections()).toBe(16);
      bench.proxy.halfOpen();
      const begun = Date.now();
      const reasons = failed(await bench.crowd());
      expect(Date.now() - begun).toBeLessThan(5_000);
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.filter((reason) => !isDatabaseTrouble(reason))).toEqual([]);
      expect(failed(await bench.crowd())).toEqual([]);
    });

    it('a server that hangs lets nobody wait for ever, those in the queue included; when it is back, so are we', async () => {
      await using bench = await behindProxy();
      await bench.crowd('SELECT SLEEP(0.02)');
      bench.proxy.hang();
      const waiting = bench.crowd();
      await expect(bench.look()).rejects.toSatisfy(isDatabaseTrouble);
      bench.proxy.hear();
      await waiting;
      expect(failed(await bench.crowd())).toEqual([]);
      expect(await bench.look()).toEqual([{ one: 1 }]);
    });

    it('is not confused with a pause of this process, after which the answer is there', async () => {
      const { url, dispose } = await freshDatabaseUrl();
      const connections = await openConnections(url, []);
      connections.limitWaiting(LIMIT_MS);
      const asked = createUnitOfWork(connections).run((session) => session.query('SELECT SLEEP(0.5) AS slept'));
      await new Promise((go) => setTimeout(go, 100));
      // In the phase of the event loop after which timers come before what was read.
      await new Promise((go) => setImmediate(go));
      const until = Date.now() + LIMIT_MS * 1.5;
      while (Date.now() < until);
      expect(await asked).toEqual([{ slept: 0 }]);
      await closeConnections(connections);
      await dispose();
    });

    it('is not confused with a slow one, nor with a connection that has nothing to do', async () => {
      await using bench = await behindProxy();
      bench.proxy.delay(LIMIT_MS / 4);
      expect(failed(await bench.crowd())).toEqual([]);
      bench.proxy.delay(0);
      await new Promise((go) => setTimeout(go, LIMIT_MS * 2));
      expect(bench.proxy.connections()).toBe(16);
      expect(failed(await bench.crowd())).toEqual([]);
    });
  });
