/** `db backup`: one verified file beside a running server; a database server has its own tool. */
import { dirname, join, resolve } from 'node:path';
import { type DbContext, reach, stamp } from './db-context.ts';

export async function dbBackup(context: DbContext, file: string | null, overwrite: boolean): Promise<number> {
  const { moving, databaseUrl, now } = context;
  const server = moving.server(databaseUrl);
  if (server) {
    process.stderr.write(
      `这个库在 MySQL 上，请用它自己的工具备份，服务可以继续运行：\n\n  mysqldump --single-transaction --quick --hex-blob --no-tablespaces --default-character-set=utf8mb4 ${reach(server)} ${server.database} > crm.sql\n\n${KEY}`,
    );
    return 2;
  }
  const source = moving.file(databaseUrl);
  const report = await moving.backup(
    databaseUrl,
    file === null ? join(dirname(source), 'backups', `crm-${stamp(now())}.db`) : resolve(file),
    { overwrite },
  );
  process.stdout.write(
    `已备份到 ${report.file}：${(report.bytes / 1024 / 1024).toFixed(1)} MB，${report.tables} 张表，${report.rows} 行，已检查完好。\n${KEY}`,
  );
  return 0;
}

const KEY =
  '请把数据目录里的 secret.key（或 .env 的 SECRET_KEY）一起保存，但不要和备份放在同一个地方：它能打开备份里的平台密钥。\n';
