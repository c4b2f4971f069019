/** Starting on a database that is empty, shared, broken or out of reach. */
import { createConnection } from 'mysql2/promise';
import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { openConnections } from '../../src/persistence/data-source.ts';
import { runCli } from '../support/run-cli.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';
import { freePort } from '../support/services/free-port.ts';
import { tableNames } from './tables.ts';

const SENTENCE = '数据库升级失败，服务没有启动';

/** A database in which somebody else's table has the name of one of ours. */
async function brokenDatabase() {
  const { url, dispose } = await freshDatabaseUrl();
  const connections = await openConnections(url, []);
  await connections.writer.query('CREATE TABLE customer (id VARCHAR(10), nickname VARCHAR(10))');
  const close = async () => {
    if (connections.reader !== connections.writer) await connections.reader.destroy();
    await connections.writer.destroy();
  };
  return { url, writer: connections.writer, close, dispose };
}

const settings = (databaseUrl: string) => ({
  databaseUrl,
  port: 0,
  publicUrl: null,
  trustedProxies: [],
  logLevel: 'silent' as const,
  metricsToken: null,
  policyFile: null,
  platforms: [],
});

const create = (url: string) => createApp({ settings: settings(url), log: createLog('silent'), now: Date.now });

describeDatabase('start', () => {
  it('stops at an upgrade that fails, says so, and never listens', async () => {
    const { url, close, dispose } = await brokenDatabase();
    await close();
    const port = await freePort();
    const { code, out, err } = await runCli(['start'], { DATABASE_URL: url, PORT: String(port), LOG_LEVEL: 'info' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(SENTENCE);
    expect(err).toContain('customer');
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
    await dispose();
  });

  it('starts once the fault is gone', async () => {
    const { url, writer, close, dispose } = await brokenDatabase();
    await expect(create(url)).rejects.toMatchObject({ code: 'migration_failed' });
    if (databaseKind === 'sqlite') expect(await tableNames(writer)).toEqual(['customer']);
    await writer.query('DROP TABLE customer');
    await close();
    const app = await create(url);
    expect(await app.look((tx) => tx.customer.list({}))).toEqual([]);
    await app.database.close();
    await dispose();
  });

  it('lets several processes begin on one empty database, as one company with one policy', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    const ends = await Promise.all(Array.from({ length: 4 }, () => runCli(['dead', 'list'], { DATABASE_URL: url })));
    expect(ends.map(({ code, err }) => [code, err])).toEqual(Array.from({ length: 4 }, () => [0, '']));
    const { writer, reader } = await openConnections(url, []);
    expect(await writer.query('SELECT COUNT(*) AS n FROM tenant')).toEqual([{ n: expect.anything() }]);
    for (const table of ['tenant', 'policy_version', 'policy_pointer']) {
      const [row] = await writer.query(`SELECT COUNT(*) AS n FROM ${table}`);
      expect([table, Number(row.n)]).toEqual([table, 1]);
    }
    if (reader !== writer) await reader.destroy();
    await writer.destroy();
    await dispose();
  });

  if (databaseKind === 'mysql') {
    it('lets several instances begin at the same moment', async () => {
      const { url, dispose } = await freshDatabaseUrl();
      const apps = await Promise.all([1, 2, 3].map(() => create(url)));
      const tenants = await Promise.all(apps.map((app) => app.look(async (tx) => tx.tenantId)));
      expect(new Set(tenants).size).toBe(1);
      for (const app of apps) await app.database.close();
      await dispose();
    });

    it('waits for its turn only on its own database', async () => {
      const [busy, free] = [await freshDatabaseUrl(), await freshDatabaseUrl()];
      const holder = await createConnection(busy.url);
      await holder.query("SELECT GET_LOCK(CONCAT('liaodan.', MD5(DATABASE())), 0)");
      const waiting = create(busy.url);
      await (await create(free.url)).database.close();
      const first = await Promise.race([
        waiting.then(() => 'started'),
        new Promise((go) => setTimeout(go, 300, 'waits')),
      ]);
      expect(first).toBe('waits');
      await holder.end();
      await (await waiting).database.close();
      await busy.dispose();
      await free.dispose();
    });
  }
});
