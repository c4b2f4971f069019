/** `db …`: moving the company to another database, backing it up while the server runs, and putting a backup back. */
import { type Environment, readSettings } from '../settings.ts';
import type { Moving } from '../work/moving.ts';
import { dbBackup } from './db-backup.ts';
import type { DbContext } from './db-context.ts';
import { dbCopy } from './db-copy.ts';
import { dbRestore } from './db-restore.ts';

const USAGE = `用法：npm run crm -- db <命令>

  backup [文件] [--force]              备份 SQLite 数据库，服务可以继续运行；不写文件名就放进数据目录的 backups 里，
                                       --force 覆盖已有的文件。MySQL 会给出该用的命令
  restore 文件 [--to sqlite:路径]      用备份恢复（先停掉服务）；原来的文件改名保留，不会删除
  copy --from 地址 --to 地址           把整个企业搬到另一个空库（先停掉服务），逐表核对行数和校验和，例如
                                       --from sqlite:./data/crm.db --to mysql://crm:密码@127.0.0.1:3306/crm
                                       也可以不写 --from，用 DATABASE_URL 的库

备份和搬家都不含密钥文件 secret.key（或 SECRET_KEY）：没有它，存在库里的平台密钥打不开，请另外保存。
`;

export async function dbCommand(args: readonly string[], env: Environment, moving: Moving): Promise<number> {
  const [word, ...rest] = args;
  const flags = readFlags(rest);
  const { databaseUrl } = readSettings({ DATABASE_URL: env['DATABASE_URL'] }, []);
  const context: DbContext = { moving, databaseUrl, now: Date.now };
  if (flags) {
    const { from, to, force, words } = flags;
    const [file, ...more] = words;
    if (word === 'backup' && more.length === 0 && !from && !to) return dbBackup(context, file ?? null, force);
    if (word === 'restore' && file && more.length === 0 && !from && !force) return dbRestore(context, file, to);
    if (word === 'copy' && to && words.length === 0 && !force) return dbCopy(context, from ?? databaseUrl, to);
  }
  process.stderr.write(USAGE);
  return 2;
}

interface Flags {
  readonly from: string | null;
  readonly to: string | null;
  readonly force: boolean;
  readonly words: readonly string[];
}

/** Null when one is unknown or has no value. */
function readFlags(args: readonly string[]): Flags | null {
  const values: { from: string | null; to: string | null } = { from: null, to: null };
  const words: string[] = [];
  let force = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const name = arg === '--from' ? 'from' : arg === '--to' ? 'to' : null;
    if (name) {
      at += 1;
      values[name] = args[at] ?? null;
      if (!values[name]) return null;
    } else if (arg === '--force') force = true;
    else if (arg.startsWith('--')) return null;
    else words.push(arg);
  }
  return { ...values, force, words };
}
