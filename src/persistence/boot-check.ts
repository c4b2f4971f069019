/** Looks at a MySQL or MariaDB server before we start on it: one connection, a few questions, a sentence for what is wrong. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { StartError } from '../errors.ts';
import type { MysqlAddress } from './mysql-address.ts';
import { SESSION } from './mysql-pool.ts';
import { faultOf, judgeVersion, poolSize, VARIABLES } from './server-faults.ts';

export interface Server {
  readonly version: string;
  /** By its version it has FOR UPDATE SKIP LOCKED. */
  readonly skipLocked: boolean;
  /** How many connections an instance may open. */
  readonly poolSize: number;
}

/** Throws StartError with a Chinese sentence: what is wrong, and what to do. */
export async function examineServer(address: MysqlAddress): Promise<Server> {
  const connection = await connect(address);
  try {
    const version = String((await ask(connection, 'SELECT VERSION() AS v'))[0]?.['v'] ?? '');
    const { ok, skipLocked } = judgeVersion(version);
    if (!ok) {
      const sentence = `数据库版本 ${version} 太旧：需要 MySQL 8.0.1 或 MariaDB 10.6 以上`;
      throw new StartError('database_too_old', sentence);
    }
    const rows = await ask(connection, 'SHOW VARIABLES WHERE Variable_name IN (?)', [VARIABLES]);
    rows.push(...(await ask(connection, "SHOW STATUS LIKE 'wsrep_ready'")));
    const variables = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
    const fault = faultOf(variables, await canWrite(connection)) ?? (await collationFault(connection));
    if (fault) throw fault;
    for (const statement of SESSION.needed) await connection.query(statement);
    return { version, skipLocked, poolSize: poolSize(variables) };
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

async function connect({ database, ...server }: MysqlAddress): Promise<Connection> {
  try {
    return await createConnection({ ...server, database });
  } catch (cause) {
    throw new StartError('database_unavailable', whyAway(cause, server.user, database), { cause });
  }
}

function whyAway(cause: unknown, user: string, database: string): string {
  const errno = cause instanceof Error && 'errno' in cause ? cause.errno : null;
  if (errno === 1049)
    return `数据库服务器上没有 ${database} 这个库：请管理员执行 CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin，再启动。`;
  if (errno === 1044 || errno === 1045)
    return `数据库不让 ${user} 登录或不让它用 ${database} 这个库：请检查 DATABASE_URL 里的账号和密码，并请管理员授权 GRANT ALL ON ${database}.* TO 这个账号。`;
  if (errno === 1040 || errno === 1203 || errno === 1226)
    return '数据库的连接已经用完：请管理员把 max_connections 调大，每个聊单实例按 16 个算，或先停掉占着连接的程序。';
  return '连不上 MySQL：请检查 DATABASE_URL 的地址、账号、密码和库名，以及数据库是否已启动';
}

/**
 * Asked rather than read: a user with the right to may write where read_only is set, and we do not know our rights.
 * https://dev.mysql.com/doc/refman/8.4/en/commit.html
 */
async function canWrite(connection: Connection): Promise<boolean> {
  try {
    await connection.query('START TRANSACTION READ WRITE');
    await connection.query('ROLLBACK');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && READ_ONLY.includes(error.errno)) return false;
    throw error;
  }
}

/** ER_OPTION_PREVENTS_STATEMENT, ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ER_READ_ONLY_MODE; 1047 of a Galera node alone. */
const READ_ONLY: readonly unknown[] = [1290, 1792, 1836, 1047];

/**
 * Our tables say themselves how they compare, whatever the default of the database is. A dump that was put back, or a
 * tool, may have changed it: then om_A and om_a are one message, and the second is lost.
 */
async function collationFault(connection: Connection): Promise<StartError | null> {
  const [row] = await ask(
    connection,
    `SELECT table_name AS name, collation_name AS collation FROM information_schema.columns
     WHERE table_schema = DATABASE() AND collation_name <> 'utf8mb4_bin' AND table_name IN
       (SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'tenant_id')
     ORDER BY table_name LIMIT 1`,
  );
  if (!row) return null;
  const [table, collation] = [String(row['name']), String(row['collation'])];
  return new StartError(
    'database_collation',
    `表 ${table} 的字符序是 ${collation}，大小写不同的编号会被当成同一个：请先备份，再执行 ALTER TABLE \`${table}\` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin，每张报出来的表都这样改，再启动。`,
  );
}

async function ask(connection: Connection, sql: string, params: readonly unknown[] = []): Promise<RowDataPacket[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql, [...params]);
  return rows;
}
