/** Reads a list of colleagues from a file: an Excel workbook or a table as text; what is too big or no list is refused with a sentence. */
import { readFile, stat } from 'node:fs/promises';
import { MOST_ROWS, readStaffList, type StaffList } from './staff-file.ts';
import { readTableFile, tableFaults } from './table-file.ts';

export type StaffFile = Extract<StaffList, { ok: true }> | { readonly ok: false; readonly why: string };

const MOST_BYTES = 5 * 1024 * 1024;

const reasons = {
  empty: '文件是空的。',
  no_name_column: '没有找到“姓名”列：第一行要有列名，至少要有“姓名”；可以有：手机号、主管、角色、区域、产品线。',
  too_many_rows: `一次最多 ${MOST_ROWS.toLocaleString('en')} 行：请分成几个文件导入。`,
  ...tableFaults,
  unpacks_too_big: '这个 Excel 文件里的内容太多：请只留员工名单这一张表，另存为 .xlsx 再试。',
  too_big: '文件超过 5 MB：请只留员工名单这一张表，再导入。',
} as const;

export async function readStaffFile(path: string): Promise<StaffFile> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size > MOST_BYTES) return refused('too_big');
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return { ok: false, why: `读不到文件 ${path}：请检查路径和权限。` };
  const table = await readTableFile(bytes);
  const list = table.ok ? readStaffList(table.rows) : table;
  return list.ok ? list : refused(list.reason);
}

const refused = (reason: keyof typeof reasons): StaffFile => ({ ok: false, why: reasons[reason] });
