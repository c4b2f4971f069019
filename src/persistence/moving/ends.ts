/** The two ends of a copy, each fit for it or refused with a sentence. */
import { existsSync } from 'node:fs';
import { migrations } from '../../../migrations/index.ts';
import { StartError } from '../../errors.ts';
import { examineServer } from '../boot-check.ts';
import { closeConnections, openConnections } from '../data-source.ts';
import { migrate } from '../migrate.ts';
import { badDatabaseUrl, isMysqlUrl, readMysqlUrl } from '../mysql-address.ts';
import { isSqliteUrl, sqliteFile } from '../sqlite-file.ts';
import { openMysqlSide } from './mysql-side.ts';
import type { Side } from './side.ts';
import { openSqliteSide } from './sqlite-side.ts';
import { UNFINISHED } from './unfinished.ts';

/** A company of this version that nobody is working on. Nothing is changed there. */
export async function openSource(from: string, to: string): Promise<Side> {
  if (nameOf(from) === nameOf(to)) throw new StartError('copy_same', '来源和目标是同一个库：没有可复制的。');
  const source = await openSide(from);
  try {
    await refuseOtherVersion(source);
    const other = await source.usedBy();
    if (other === null) return source;
    throw new StartError(
      'database_in_use',
      `还有程序连着 ${source.name}（${other}）：请先停掉所有聊单实例（和打开它的其他程序），再运行一次。`,
    );
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** A database with our tables and no rows: they are made where nothing is, and whatever is there is refused. */
export async function openEmptyTarget(to: string): Promise<Side> {
  // Looked at as it is first: an upgrade would already change what turns out to be somebody's.
  if (!isSqliteUrl(to) || existsSync(sqliteFile(to))) await (await openIfEmpty(to)).close();
  await makeTables(to);
  return openIfEmpty(to);
}

async function openIfEmpty(to: string): Promise<Side> {
  const target = await openSide(to);
  try {
    await refuseRows(target);
    return target;
  } catch (error) {
    await target.close();
    throw error;
  }
}

async function openSide(url: string): Promise<Side> {
  if (isSqliteUrl(url)) return openSqliteSide(sqliteFile(url));
  if (!isMysqlUrl(url)) throw badDatabaseUrl();
  const address = readMysqlUrl(url);
  await examineServer(address);
  return openMysqlSide(address);
}

function nameOf(url: string): string {
  if (isSqliteUrl(url)) return sqliteFile(url);
  const { host, port, database } = readMysqlUrl(url);
  return `${host}:${port}/${database}`;
}

async function makeTables(url: string): Promise<void> {
  const connections = await openConnections(url, []);
  try {
    await migrate(connections);
  } finally {
    await closeConnections(connections);
  }
}

async function refuseRows(target: Side): Promise<void> {
  const tables = await target.tables();
  if (tables.includes(UNFINISHED)) {
    throw new StartError(
      'copy_unfinished',
      `${target.name} 里是上次没有复制完的一部分：请先清空它（${target.howToEmpty}），再运行一次。来源没有改动。`,
    );
  }
  if (tables.length > 0 && !tables.includes('migrations'))
    throw new StartError('copy_target', `目标库 ${target.name} 里有别的程序的表（${tables[0]}）：请换一个空库。`);
  for (const table of tables.filter((name) => name !== 'migrations')) {
    if ((await target.count(table)) === 0) continue;
    throw new StartError(
      'copy_target',
      `目标库 ${target.name} 不是空的（表 ${table} 里有数据）：请换一个空库；确定不要里面的数据，就先清空它（${target.howToEmpty}），再运行一次。`,
    );
  }
}

async function refuseOtherVersion(source: Side): Promise<void> {
  const tables = await source.tables();
  if (tables.includes(UNFINISHED))
    throw new StartError('copy_unfinished', `${source.name} 自己就是没有复制完的副本，不能再从它复制。`);
  if (!tables.includes('migrations')) throw new StartError('copy_source', `${source.name} 不是聊单的数据库。`);
  const [run, known] = [await source.migrations(), migrations.map((Migration) => new Migration().name)];
  if (run.some((name) => !known.includes(name)))
    throw new StartError('copy_newer', `${source.name} 来自更新的版本：请用那个版本的程序来复制。`);
  if (run.length === known.length) return;
  throw new StartError(
    'copy_older',
    `${source.name} 还是旧版本的结构：请用现在的版本启动一次（npm start）让它升级，停掉后再复制。`,
  );
}
