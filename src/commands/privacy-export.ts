/** `privacy export`: a readable copy of everything that is held of a person or customer. */
import { userInfo } from 'node:os';
import type { App } from '../app.ts';
import { readContent } from '../crm/file/content.ts';
import { type CopiedTable, type Copy, copyOf, noteCopy } from '../crm/privacy/copy.ts';
import type { Subject } from '../crm/privacy/subject.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { type Asked, doerOf } from './privacy-asked.ts';
import { openParcel, type Parcel } from './zip-file.ts';

export function exportSubject({ find, by, to }: Asked, env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const found = await app.look(find);
    if (!found.ok) return refuse(found.why);
    const { subject } = found;
    const doing = await app.look((tx) => doerOf(tx, by, userInfo().username));
    if (!doing.ok) return refuse(doing.why);
    const parcel = openParcel(to);
    if (!parcel) return refuse(`${to} 已经在了：换一个名字，或先移走它。`);
    const copy = await fill(parcel, app, subject).catch((fault: unknown) => {
      // Half a copy is somebody's data all the same.
      parcel.discard();
      throw fault;
    });
    const counts = Object.fromEntries(copy.tables.map(({ title, rows }) => [title, rows.length]));
    await app.transact((tx) => noteCopy(tx, subject, doing.doer, counts));
    process.stdout.write(`已导出${subject.label}的资料到 ${to}：\n`);
    for (const { title, rows } of copy.tables) process.stdout.write(`  ${title}　${rows.length} 条\n`);
    if (copy.files.length > 0) process.stdout.write(`  文件　${copy.files.length} 个\n`);
    process.stdout.write('里面是个人信息：交给本人之前请核实身份，交完删除这份文件。\n');
    return 0;
  });
}

async function fill(parcel: Parcel, app: App, subject: Subject): Promise<Copy> {
  const copy = await app.look((tx) => copyOf(tx, subject));
  parcel.add('说明.txt', bytes(about(subject.label, copy)));
  parcel.add('资料.json', bytes(JSON.stringify(asObjects(copy), null, 2)));
  for (const table of copy.tables) parcel.add(`${table.title}.csv`, bytes(asCsv(table)));
  for (const [at, { id, name }] of copy.files.entries())
    parcel.add(fileName(at, name), Buffer.concat(await app.look((tx) => readContent(tx, id))));
  parcel.finish();
  return copy;
}

function about(label: string, { tables }: Copy): string {
  const lines = tables.map(({ title, rows }) => `- ${title}.csv：${rows.length} 条`);
  return [
    `聊单里关于“${label}”的全部资料（个人信息保护法第四十五条：查阅、复制）。`,
    '每个 .csv 可以用 Excel 或 WPS 打开；资料.json 是同样的内容，给程序读。时间是北京时间，金额的单位写在标题里。',
    ...lines,
    '聊天平台、发出去的卡片和数据库备份里也可能有此人的信息，不在这份资料里。',
    '',
  ].join('\r\n');
}

function asObjects({ tables }: Copy): Record<string, readonly Record<string, string>[]> {
  return Object.fromEntries(
    tables.map(({ title, headings, rows }) => [
      title,
      rows.map((row) => Object.fromEntries(headings.map((heading, at) => [heading, row[at] ?? '']))),
    ]),
  );
}

/** With a mark of UTF-8 for Excel. */
const asCsv = ({ headings, rows }: CopiedTable): string =>
  `\uFEFF${[headings, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;

/** What begins like a formula would be reckoned by a spreadsheet: somebody else's words must not. */
function quoted(cell: string): string {
  const safe = /^[=@\t\r]|^[+-](?!\d+$)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Two files may have one name, and a name is somebody's words: no way out of the folder. */
const fileName = (at: number, name: string): string =>
  `文件/${String(at + 1).padStart(3, '0')} ${name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')}`;

const bytes = (text: string): Buffer => Buffer.from(text);

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
