// The commands `db …` as processes: a backup beside a server that writes, a company moved, and what they say.

import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { type Database, openDatabase } from '../../src/persistence/database.ts';
import type { Session, SqlValue } from '../../src/persistence/session.ts';
import { readSettings } from '../../src/settings.ts';
import { at } from '../store/copy-company.ts';
import { NOW, openStore, type Store, work } from '../store/open-store.ts';
import { runCli } from '../support/run-cli.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';

const put = (session: Session, table: string, row: Readonly<Record<string, SqlValue>>): Promise<number> =>
  session.insertNew(table, Object.keys(row), [Object.values(row)]);

/** A deal, its first move and the message that made it, handled, in one transaction; then the next, until told to stop. */
function hammer({ unitOfWork, newId, database }: Store): { stop(): Promise<number> } {
  let [stopped, written] = [false, 0];
  const busy = (async () => {
    // A pause so short that every moment of the backup falls into a transaction or right beside one.
    while (!stopped) {
      const [deal, message] = [newId(), newId()];
      await unitOfWork.run(async (session) => {
        const item = work({ newId }, { id: message });
        await put(session, 'opportunity', {
          ...{ tenant_id: 't', id: deal, customer_id: 'c', name: '轴承', owner_id: 'o', status: 'open' },
          ...{
            stage: 'quoted',
            stage_entered_at: NOW,
            created_at: NOW,
            currency: 'CNY',
            policy_version: 1,
            version: 1,
          },
        });
        await database.inbox.add(session, [item]);
        await new Promise((next) => setImmediate(next));
        await put(session, 'stage_change', {
          ...{ tenant_id: 't', id: newId(), opportunity_id: deal, from_stage: 'lead', to_stage: 'quoted' },
          ...{ from_entered_at: NOW, at: NOW, cause: 'signal', message_id: message, policy_version: 1 },
          opportunity_version: 1,
        });
        await database.inbox.settleWaiting(session, item, NOW);
      });
      written += 1;
      await new Promise((next) => setTimeout(next, 1));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await busy;
      return written;
    },
  };
}

const TORN = `SELECT
  (SELECT COUNT(*) FROM opportunity) AS deals,
  (SELECT COUNT(*) FROM opportunity o WHERE NOT EXISTS (SELECT 1 FROM stage_change c WHERE c.tenant_id = o.tenant_id AND c.opportunity_id = o.id)) AS unmoved,
  (SELECT COUNT(*) FROM stage_change c WHERE NOT EXISTS (SELECT 1 FROM opportunity o WHERE o.tenant_id = c.tenant_id AND o.id = c.opportunity_id)) AS homeless,
  (SELECT COUNT(*) FROM stage_change c WHERE NOT EXISTS
    (SELECT 1 FROM inbox_event e WHERE e.tenant_id = 'tenant-1' AND e.id = c.message_id AND e.status = 'done')) AS unheard,
  (SELECT COUNT(*) FROM inbox_event WHERE status <> 'done') AS waiting`;

async function startsOn(url: string): Promise<number> {
  const settings = { ...readSettings({ DATABASE_URL: url }, []), port: 0 };
  const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
  const port = await app.start();
  const { status } = await fetch(`http://127.0.0.1:${port}/health`);
  await app.stop();
  return status;
}

/** The company of a first start, in a database that is left. */
async function companyOf(database: Database): Promise<void> {
  await database.company.renameCompany(await database.company.firstTenant(), '恒瑞贸易😀');
}

describeDatabase('command db', () => {
  it('says what there is to do', async () => {
    for (const args of [[], ['backup', '--hurry']]) {
      const { code, out, err } = await runCli(['db', ...args], {});
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err).toMatch(/^用法：npm run crm -- db <命令>\n/);
    }
  });

  it('copies a company, unless it is in use, and says how far it is', async () => {
    const [from, { url, dispose }] = [await freshDatabaseUrl(), await freshDatabaseUrl()];
    const database = await openDatabase({ url: from.url, now: Date.now, newId: () => 'id' });
    await companyOf(database);
    const inUse = await runCli(['db', 'copy', '--to', url], { DATABASE_URL: from.url });
    expect(inUse).toMatchObject({ code: 1, out: '', err: expect.stringContaining('停掉') });
    await database.close();
    const { code, out, err } = await runCli(['db', 'copy', '--from', from.url, '--to', url], {});
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^复制 \d+ 张表…\n/);
    expect(out).toMatch(/\n {2}一致 {2}tenant {2}1 行 {2}[0-9a-f]{8}\n/);
    expect(out).toMatch(/两边完全一致，用了 \d+ 秒。\n把 DATABASE_URL 改成新库的地址/);
    expect(out).not.toContain('恒瑞');
    expect(await at(url, (writer) => writer.query('SELECT name FROM tenant'))).toEqual([{ name: '恒瑞贸易😀' }]);
    expect(await startsOn(url)).toBe(200);
    await dispose();
    await from.dispose();
  });

  if (databaseKind === 'sqlite') {
    it('backs up while a server writes without pause; nothing is torn, and the product starts on it elsewhere', async () => {
      await using store = await openStore();
      const folder = dirname(store.url.slice('sqlite:'.length));
      await companyOf(store.database);
      const writer = hammer(store);
      const { code, out, err } = await runCli(['db', 'backup'], { DATABASE_URL: store.url });
      const written = await writer.stop();
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('已检查完好。\n');
      expect(out).toContain('secret.key');
      const [name = ''] = await readdir(join(folder, 'backups'));
      expect(name).toMatch(/^crm-\d{8}-\d{6}\.db$/);
      const elsewhere = `sqlite:${join(folder, 'elsewhere', 'crm.db')}`;
      const restored = await runCli(['db', 'restore', join(folder, 'backups', name), '--to', elsewhere], {});
      expect(restored).toMatchObject({ code: 0, err: '', out: expect.stringContaining('已恢复到 ') });
      const [counts] = await at(elsewhere, (source) => source.query(TORN));
      expect(counts).toMatchObject({ unmoved: 0, homeless: 0, unheard: 0, waiting: 0 });
      // It was taken in the middle: some of it is there, and more came.
      expect(counts.deals).toBeGreaterThan(0);
      expect(counts.deals).toBeLessThan(written);
      expect(await startsOn(elsewhere)).toBe(200);
      const under = await runCli(['db', 'restore', join(folder, 'backups', name)], { DATABASE_URL: store.url });
      expect(under).toMatchObject({ code: 1, out: '', err: expect.stringContaining('正在使用中：请先停掉聊单') });
      await rm(join(folder, 'elsewhere'), { recursive: true });
    });
  } else {
    it('names the tools of the server, with its address and without its password', async () => {
      const env = { DATABASE_URL: 'mysql://crm:s3cret@db.example.com:3307/crm' };
      const [backup, restore] = [await runCli(['db', 'backup'], env), await runCli(['db', 'restore', 'one.sql'], env)];
      expect([backup.code, restore.code]).toEqual([2, 2]);
      expect(backup.err).toContain('mysqldump --single-transaction');
      expect(backup.err).toContain('-h db.example.com -P 3307 -u crm -p crm > crm.sql');
      expect(restore.err).toContain(
        'mysql --default-character-set=utf8mb4 -h db.example.com -P 3307 -u crm -p crm < crm.sql',
      );
      expect(backup.err + restore.err).not.toContain('s3cret');
    });
  }
});
