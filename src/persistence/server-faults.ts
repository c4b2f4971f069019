/** What must be true of a MySQL or MariaDB server before we start on it, and the sentence for each that is not. */
import { StartError } from '../errors.ts';

/** A server's variables by their names, as SHOW VARIABLES tells them; `wsrep_ready`, of Galera, is a status beside them. */
export type Variables = ReadonlyMap<string, string>;

export const VARIABLES = [
  'wsrep_on',
  'read_only',
  'super_read_only',
  'innodb_read_only',
  'log_bin',
  'binlog_format',
  'max_allowed_packet',
  'max_connections',
  'max_user_connections',
];

/** As many as one instance makes use of. */
const POOL = 16;
/** An upgrade holds one and works with another; beside them a callback and a page must get theirs. */
const SMALLEST_POOL = 4;
/** For the person who looks after the server, and for commands beside it. */
const RESERVE = 3;
/** A group commit has up to 1,000,000 characters of 3 bytes, a piece of a file 512 KiB as hexadecimal digits. */
const PACKET_BYTES = 4 * 1024 * 1024;

/** The sentence for a server that cannot do our work; null for one that can. `canWrite`: it lets us begin a writing transaction. */
export function faultOf(variables: Variables, canWrite: boolean): StartError | null {
  const isOn = (name: string) => /^(ON|1)$/i.test(variables.get(name) ?? '');
  // A server without a cluster says that it is not ready for one.
  if (isOn('wsrep_on') && variables.get('wsrep_ready') === 'OFF') {
    return new StartError(
      'database_cluster',
      '这个 Galera 节点没有和集群连通，不收语句（wsrep_ready = OFF）：请等它同步完，或把 DATABASE_URL 改成集群前面的代理或另一个节点。',
    );
  }
  if (!canWrite || isOn('innodb_read_only')) {
    const why = ['super_read_only', 'read_only', 'innodb_read_only'].find(isOn) ?? 'read_only';
    return new StartError(
      'database_read_only',
      `数据库是只读的（${why} 已打开，多半是从库，或正在主从切换）：请把 DATABASE_URL 改成主库的地址；如果这就是主库，请管理员关掉 ${why} 后再启动。`,
    );
  }
  if (isOn('log_bin') && variables.get('binlog_format')?.toUpperCase() === 'STATEMENT') {
    return new StartError(
      'database_binlog_format',
      '数据库的 binlog_format 是 STATEMENT，这样写入会被它拒绝（错误 1665）：请管理员执行 SET GLOBAL binlog_format = ROW，并写进数据库的配置文件，再启动。',
    );
  }
  const packet = Number(variables.get('max_allowed_packet') ?? PACKET_BYTES);
  if (packet < PACKET_BYTES) {
    return new StartError(
      'database_packet',
      `数据库一次只收 ${Math.floor(packet / 1024)} KB（max_allowed_packet），大的消息和文件会存不进去：请管理员执行 SET GLOBAL max_allowed_packet = 16777216，并写进数据库的配置文件，再启动（至少 4 MB）。`,
    );
  }
  const allowed = allowedConnections(variables);
  if (allowed.count < SMALLEST_POOL) {
    return new StartError(
      'database_connections',
      `数据库只给我们 ${Math.max(0, allowed.count)} 个连接（${allowed.why}），至少要 ${SMALLEST_POOL} 个：请管理员把 ${allowed.name} 调大，每个聊单实例按 ${POOL} 个算，再启动。`,
    );
  }
  return null;
}

/** How many connections one instance may open: what the server allows, and no more than are of use. */
export function poolSize(variables: Variables): number {
  return Math.min(POOL, allowedConnections(variables).count);
}

function allowedConnections(variables: Variables): { count: number; name: string; why: string } {
  const number = (name: string) => Number(variables.get(name) ?? 0) || Number.POSITIVE_INFINITY;
  const [ofAll, ofUser] = [number('max_connections') - RESERVE, number('max_user_connections')];
  const name = ofUser < ofAll ? 'max_user_connections' : 'max_connections';
  return { count: Math.min(ofAll, ofUser), name, why: `${name} = ${variables.get(name) ?? ''}` };
}

/** What a `VERSION()` string means for us. TiDB speaks MySQL 8 without SKIP LOCKED. */
export function judgeVersion(version: string): { ok: boolean; skipLocked: boolean } {
  const [major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-/, '')) ?? [])
    .slice(1)
    .map(Number);
  const atLeast = (a: number, b: number, c: number) =>
    major > a || (major === a && (minor > b || (minor === b && patch >= c)));
  if (/tidb/i.test(version)) return { ok: true, skipLocked: false };
  const ok = /mariadb/i.test(version) ? atLeast(10, 6, 0) : atLeast(8, 0, 1);
  return { ok, skipLocked: ok };
}
