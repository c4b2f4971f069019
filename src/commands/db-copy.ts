/** `db copy`: the whole company into another, empty database, with its progress and the proof that nothing is missing. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CopiedTable, CopyProgress } from '../work/moving.ts';
import type { DbContext } from './db-context.ts';

export async function dbCopy({ moving }: DbContext, from: string, to: string): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const { tables, rows, same, tookMs } = await moving.copy(from, to, progressIn(say));
  for (const table of tables) if (table.from.rows > 0 || !table.same) say(lineOf(table));
  const empty = tables.filter((table) => table.same && table.from.rows === 0).length;
  if (empty > 0) say(`  另有 ${empty} 张表两边都是空的`);
  if (!same) {
    const names = tables.filter((table) => !table.same).map(({ table }) => table);
    process.stderr.write(`两边不一致（${names.join('、')}）：这个副本不能用，服务也不会在它上面启动。来源没有改动。\n`);
    return 1;
  }
  const seconds = Math.max(1, Math.round(tookMs / 1000));
  say(`已复制并核对 ${tables.length} 张表、${rows} 行，两边完全一致，用了 ${seconds} 秒。`);
  say('把 DATABASE_URL 改成新库的地址，启动服务（npm start）。旧库没有改动，用一阵确认无误后再删。');
  const key = keyToMove(moving.server(from) ? null : moving.file(from), moving.server(to) ? null : moving.file(to));
  if (key) say(`密钥文件也要过去：把 ${key.from} 复制到 ${key.to}（已在 .env 里填 SECRET_KEY 的不用）。`);
  return 0;
}

function progressIn(say: (line: string) => void): CopyProgress {
  return {
    begin: (step, tables) => say(step === 'copy' ? `复制 ${tables} 张表…` : `核对 ${tables} 张表（逐行计算校验和）…`),
    rows(table, done, total) {
      if (total > 0) say(`  ${table}  ${done} / ${total} 行${done === total ? '' : `（${percent(done, total)}）`}`);
    },
  };
}

const percent = (done: number, total: number): string => `${Math.floor((done / total) * 100)}%`;

function lineOf({ table, from, to, same }: CopiedTable): string {
  const sum = from.checksum.slice(0, 8);
  return same
    ? `  一致  ${table}  ${from.rows} 行  ${sum}`
    : `  不一致  ${table}  来源 ${from.rows} 行 ${sum}，目标 ${to.rows} 行 ${to.checksum.slice(0, 8)}`;
}

/** Beside a SQLite file lies the key; beside a server it is looked for in `data`. */
function keyToMove(fromFile: string | null, toFile: string | null): { from: string; to: string } | null {
  const place = (file: string | null) => join(file === null ? resolve('data') : dirname(file), 'secret.key');
  const [from, to] = [place(fromFile), place(toFile)];
  return from !== to && existsSync(from) && !existsSync(to) ? { from, to } : null;
}
