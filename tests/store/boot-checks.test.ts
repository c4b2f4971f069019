/** A server that cannot do our work is told so before the start, each fault with its sentence: on servers made wrong. */
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeConnections, openConnections } from '../../src/persistence/data-source.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { faultOf, poolSize, type Variables } from '../../src/persistence/server-faults.ts';
import { databaseKind } from '../support/services/database.ts';
import { findServer } from '../support/services/installed.ts';
import { type PrivateServer, startServer } from '../support/services/mariadb.ts';

const program = databaseKind === 'mysql' ? findServer() : null;
const open = (url: string) => openDatabase({ url, now: () => 0, newId: () => 'id' });

/** The fault of a start, as its code and its sentence. */
async function refusal(url: string): Promise<{ code: string; message: string }> {
  const fault: unknown = await open(url).then(
    (database) => database.close().then(() => null),
    (error: unknown) => error,
  );
  if (!(fault instanceof Error && 'code' in fault)) throw new Error('it started');
  return { code: String(fault.code), message: fault.message };
}

const onServer = program ? describe : describe.skip;

if (databaseKind === 'mysql')
  onServer(`the server at the start${program ? '' : ' (no MariaDB here: npm run setup:test)'}`, () => {
    let server: PrivateServer;
    let url = '';
    let crm = '';

    async function asRoot(...statements: string[]): Promise<void> {
      const connection = await createConnection(server.url);
      for (const statement of statements) await connection.query(statement);
      await connection.end();
    }

    beforeAll(async () => {
      if (!program) throw new Error('no MariaDB here');
      // A server of its own: what is set here would be everybody's.
      server = await startServer(program, { inMemory: true, options: ['--log-bin=binlog', '--server-id=1'] });
      url = `${server.url}/crm`;
      crm = url.replace('root@', 'crm:crm@');
      await asRoot("CREATE USER crm@'%' IDENTIFIED BY 'crm'", "GRANT ALL ON crm.* TO crm@'%'");
    });
    afterAll(() => server?.stop());
    beforeEach(() => asRoot('DROP DATABASE IF EXISTS crm', 'CREATE DATABASE crm'));

    it('whatever the default character set of the database is, rows keep apart what differs', async () => {
      await asRoot('ALTER DATABASE crm CHARACTER SET latin1');
      const database = await open(url);
      const added = await database.unitOfWork.run((session) =>
        session.insertNew(
          'customer',
          ['tenant_id', 'id', 'name', 'owner_id', 'created_at'],
          ['om_A', 'om_a', 'om_á'].map((id) => ['t', id, '𠮷野家 😀', 'o', 1]),
        ),
      );
      expect(added).toBe(3);
      const names = await database.unitOfWork.read((session) => session.query('SELECT DISTINCT name FROM customer'));
      expect(names).toEqual([{ name: '𠮷野家 😀' }]);
      await database.close();
    });

    it('tables that compare without regard to case are refused, by name', async () => {
      await (await open(url)).close();
      await asRoot('ALTER TABLE crm.inbox_event CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
      const { code, message } = await refusal(url);
      expect(code).toBe('database_collation');
      expect(message).toMatch(/表 inbox_event 的字符序是 utf8mb4_general_ci.*ALTER TABLE `inbox_event` CONVERT TO/);
      await asRoot('ALTER TABLE crm.inbox_event CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
      await (await open(url)).close();
    });

    it('statement binlog refuses our isolation level: said at the start, not at the first message', async () => {
      await (await open(url)).close();
      await asRoot("SET GLOBAL binlog_format = 'STATEMENT'");
      const { code, message } = await refusal(url);
      expect(code).toBe('database_binlog_format');
      expect(message).toContain('SET GLOBAL binlog_format = ROW');
      // And it is true: the server refuses it.
      const connections = await createConnection(url);
      await connections.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await connections.query('START TRANSACTION');
      await expect(connections.query("INSERT INTO tenant VALUES ('t', 'n', 1)")).rejects.toMatchObject({ errno: 1665 });
      await connections.end();
      await asRoot("SET GLOBAL binlog_format = 'ROW'");
      await (await open(url)).close();
    });

    it('a read-only server is refused, unless we may write there all the same', async () => {
      await asRoot('SET GLOBAL read_only = 1');
      const { code, message } = await refusal(crm);
      expect(code).toBe('database_read_only');
      expect(message).toContain('read_only 已打开');
      await (await open(url)).close();
      await asRoot('SET GLOBAL read_only = 0');
      await (await open(crm)).close();
    });

    it('a packet that is too small is refused, with both sizes', async () => {
      await asRoot('SET GLOBAL max_allowed_packet = 1048576');
      const { code, message } = await refusal(url);
      expect(code).toBe('database_packet');
      expect(message).toContain('一次只收 1024 KB（max_allowed_packet）');
      await asRoot('SET GLOBAL max_allowed_packet = 16777216');
    });

    it('a pool is as large as the server allows, and refused where that is too small to work', async () => {
      await asRoot('SET GLOBAL max_connections = 10');
      const database = await open(url);
      const sleep = () => database.unitOfWork.run((session) => session.query('SELECT SLEEP(0.05)'));
      await Promise.all(Array.from({ length: 30 }, sleep));
      await database.close();
      await asRoot('SET GLOBAL max_connections = 200', "ALTER USER crm@'%' WITH MAX_USER_CONNECTIONS 2");
      const { code, message } = await refusal(crm);
      expect(code).toBe('database_connections');
      expect(message).toContain('max_user_connections = 2');
      await asRoot("ALTER USER crm@'%' WITH MAX_USER_CONNECTIONS 0");
    });

    it('what a server has configured otherwise does not reach our connections', async () => {
      await asRoot(
        "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'",
        "SET GLOBAL time_zone = '+08:00'",
        'SET GLOBAL autocommit = 0',
        "SET GLOBAL tx_isolation = 'SERIALIZABLE'",
      );
      const connections = await openConnections(url, []);
      const [row] = await connections.writer.query(
        'SELECT @@sql_mode AS mode, @@time_zone AS zone, @@autocommit AS auto, @@collation_connection AS collation, @@tx_isolation AS level',
      );
      expect(row).toEqual({
        mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
        zone: '+00:00',
        auto: expect.anything(),
        collation: 'utf8mb4_bin',
        level: 'READ-COMMITTED',
      });
      expect(Number(row.auto)).toBe(1);
      // A quote and a backslash: what escapes on one server ends the text on the other.
      const odd = '\'; DROP TABLE tenant; -- \\\' "x"';
      expect(await connections.writer.query('SELECT ? AS said', [odd])).toEqual([{ said: odd }]);
      await closeConnections(connections);
      await asRoot(
        'SET GLOBAL sql_mode = DEFAULT',
        'SET GLOBAL time_zone = DEFAULT',
        'SET GLOBAL autocommit = 1',
        'SET GLOBAL tx_isolation = DEFAULT',
      );
    });

    it('a database, a password or a right that is missing is said as what it is', async () => {
      expect(await refusal(`${server.url}/nowhere`)).toMatchObject({
        code: 'database_unavailable',
        message: expect.stringContaining('没有 nowhere 这个库：请管理员执行 CREATE DATABASE nowhere'),
      });
      const wrong = await refusal(crm.replace('crm:crm@', 'crm:s3cret@'));
      expect(wrong.message).toContain('不让 crm 登录');
      expect(wrong.message).not.toContain('s3cret');
    });
  });

describe('the variables of a server', () => {
  const variables = (given: Readonly<Record<string, string>>): Variables =>
    new Map(Object.entries({ max_connections: '151', max_user_connections: '0', ...given }));

  it('that is as it comes carry us', () => {
    expect(faultOf(variables({ log_bin: 'ON', binlog_format: 'MIXED' }), true)).toBeNull();
    expect(faultOf(variables({ log_bin: 'OFF', binlog_format: 'STATEMENT' }), true)).toBeNull();
    expect(faultOf(new Map(), true)).toBeNull();
  });

  it('say how many connections are ours', () => {
    expect(poolSize(variables({}))).toBe(16);
    expect(poolSize(variables({ max_connections: '10' }))).toBe(7);
    expect(poolSize(variables({ max_user_connections: '5' }))).toBe(5);
    expect(poolSize(new Map())).toBe(16);
  });

  it('say that a node is not with its cluster', () => {
    expect(faultOf(variables({ wsrep_on: 'ON', wsrep_ready: 'ON' }), true)).toBeNull();
    expect(faultOf(variables({ wsrep_on: 'OFF', wsrep_ready: 'OFF' }), true)).toBeNull();
    // It refuses a transaction as well: that is not what is wrong with it.
    const alone = variables({ wsrep_on: 'ON', wsrep_ready: 'OFF' });
    expect(faultOf(alone, false)).toMatchObject({ code: 'database_cluster' });
  });

  it('name what makes it read-only', () => {
    expect(faultOf(variables({ innodb_read_only: 'ON' }), true)?.message).toContain('innodb_read_only 已打开');
    expect(faultOf(variables({ super_read_only: 'ON', read_only: 'ON' }), false)?.message).toContain('super_read_only');
  });
});
