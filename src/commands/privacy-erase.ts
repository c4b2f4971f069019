/** `privacy erase`: first what it would do, then doing it, in steps that can be cut off and done again; `privacy compact`. */
import { userInfo } from 'node:os';
import type { App } from '../app.ts';
import { eraseFiles, eraseShown, eraseSome, finishErasure, hindrance, newNames } from '../crm/privacy/erase-rows.ts';
import { findMentions, strikeMentions } from '../crm/privacy/erase-words.ts';
import { type ErasePlan, planErasure } from '../crm/privacy/plan.ts';
import { type Environment, readSettings } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { type Asked, type Compact, doerOf } from './privacy-asked.ts';

/** Rows to a transaction: a running server waits for no more than these. */
const AT_ONCE = 500;

export async function eraseSubject(asked: Asked, env: Environment, compact: Compact): Promise<number> {
  const erased = await withApp(env, (app) => erase(app, asked));
  if (erased !== 0 || !asked.yes) return erased;
  return compactNow(env, compact, false);
}

async function erase(app: App, { find, option, by, yes, files, also, keep }: Asked): Promise<number> {
  const found = await app.look(find);
  if (!found.ok) return refuse(found.why);
  const doing = await app.look((tx) => doerOf(tx, by, userInfo().username));
  if (!doing.ok) return refuse(doing.why);
  const plan = await app.look((tx) => planErasure(tx, found.subject, { also, keep }));
  const mentions = await app.look((tx) => findMentions(tx, plan));
  tell(plan, mentions.length, files);
  const why = await app.look((tx) => hindrance(tx, plan));
  if (why !== null) return refuse(`现在还不能删除：${why}`);
  if (!yes) {
    process.stdout.write(
      `\n什么都没有动。核对无误后执行：npm run crm -- privacy erase ${option} ${plan.subject.id} --yes\n`,
    );
    return 0;
  }
  process.stdout.write(`\n中途断了就再执行一次：npm run crm -- privacy erase ${option} ${plan.subject.id} --yes\n`);
  const names = await app.transact((tx) => newNames(tx, plan));
  const counts: Record<string, number> = {};
  await app.transact((tx) => eraseShown(tx, plan));
  counts['提到的地方'] = 0;
  for (const some of slices(mentions))
    counts['提到的地方'] += await app.transact((tx) => strikeMentions(tx, plan, some, names.by));
  if (files) counts['文件'] = await app.transact((tx) => eraseFiles(tx, plan));
  for (const rows of plan.rows)
    for (const some of slices(rows.ids))
      counts[rows.title] =
        (counts[rows.title] ?? 0) + (await app.transact((tx) => eraseSome(tx, rows, some, names.pseudonym)));
  const setAside = await app.transact((tx) => finishErasure(tx, plan, { ...doing.doer, counts }));
  if (setAside > 0) process.stdout.write(`搁置的收发件里有 ${setAside} 条写到此人，一并删除了，不能再重新处理。\n`);
  process.stdout.write(`已删除。操作日志里记了时间、经办人和条数，没有记是谁。\n${AFTERWARDS}`);
  return 0;
}

const AFTERWARDS = `还要自己做的：
  · 聊天平台上的消息、通讯录和已经发出的卡片，由平台或同事在那边删除；
  · 以前的数据库备份里还有此人：到期删除，从旧备份恢复后要再执行一次；
  · 文件的内容程序看不懂，请看看商机里的文件。
`;

function tell({ subject, rows, strikes, shared }: ErasePlan, mentions: number, files: boolean): void {
  const lines = rows
    .filter(({ ids }) => ids.length > 0)
    .map(({ table, title, what, ids }) => {
      return `  ${title}　${ids.length} 条，${files && table === 'attachment' ? '删除' : what}`;
    });
  const names = strikes.filter(({ kind }) => kind === 'name').map(({ text }) => `“${text}”`);
  process.stdout.write(`${subject.label}（编号 ${subject.id}）\n${lines.join('\n')}\n`);
  process.stdout.write(`  另有 ${mentions} 处写到${names.join('、') || '此人'}或号码，把这些字换成“＊＊”\n`);
  if (shared.length > 0)
    process.stdout.write(
      `  ${shared.join('、')}：别人或别的公司也叫这个（或名字里有），别处写的话里没有动；要抹去就加 --also\n`,
    );
}

/** `anyhow`: asked for by itself, however large the file is. */
export async function compactNow(env: Environment, compact: Compact, anyhow = true): Promise<number> {
  const { databaseUrl } = readSettings({ DATABASE_URL: env['DATABASE_URL'] }, []);
  const told = {
    done: [0, '数据库文件已重写，没有留下删除过的内容。'],
    too_large: [
      0,
      '数据库文件较大，没有自动重写：停机或夜里执行 npm run crm -- privacy compact，之后文件里才没有痕迹。',
    ],
    busy: [1, '数据已经删除，但数据库正忙，文件没有重写完：过几分钟执行 npm run crm -- privacy compact。'],
    not_sqlite: [0, 'MySQL 会自己回收空间；二进制日志按服务器上的 binlog_expire_logs_seconds 到期删除。'],
  } as const;
  const [code, words] = told[compact(databaseUrl, anyhow)];
  process.stdout.write(`${words}\n`);
  return code;
}

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
