/** `db restore`: a backup in the place of the database; what was there is kept under another name. */
import { type DbContext, reach, stamp } from './db-context.ts';

export async function dbRestore(context: DbContext, file: string, to: string | null): Promise<number> {
  const { moving, databaseUrl, now } = context;
  const url = to ?? databaseUrl;
  const server = moving.server(url);
  if (server) {
    process.stderr.write(
      `这个库在 MySQL 上，请停掉所有实例，建一个空库，再用它自己的工具恢复：\n\n  mysql --default-character-set=utf8mb4 ${reach(server)} ${server.database} < crm.sql\n\n要把 SQLite 的备份搬进 MySQL，用 npm run crm -- db copy --from sqlite:${file} --to mysql://…\n`,
    );
    return 2;
  }
  const { rows, asideAt, unreadable, file: target } = await moving.restore(file, url, stamp(now()));
  const [was] = asideAt;
  if (was) process.stdout.write(`原来的数据库改名为 ${was}，没有删除。\n`);
  if (unreadable)
    process.stdout.write('原来的文件已损坏，看不出是否有服务在用它：如果服务还开着，请马上停掉再启动。\n');
  process.stdout.write(
    `已恢复到 ${target}：${rows} 行，已检查完好。现在可以启动服务（npm start）；旧版本的备份会在启动时自动升级。\n密钥文件 secret.key（或 SECRET_KEY）要用备份时的那一个，否则平台要在设置页重新填写。\n`,
  );
  return 0;
}
