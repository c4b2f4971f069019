/** `staff import`: a company's own list of colleagues, row by row, with what could not be taken and why. */
import { readFile } from 'node:fs/promises';
import type { App } from '../app.ts';
import { importStaff, importSupervisor } from '../crm/staff/import-staff.ts';
import type { Environment } from '../settings.ts';
import { decodeTable } from './csv.ts';
import { withApp } from './offline-app.ts';
import { type RowFault, readStaffFile, type StaffFileRow } from './staff-file.ts';

/** Rows in one transaction: a running server waits for it on SQLite. */
const AT_ONCE = 200;

const reasons = {
  no_name: '没有姓名',
  phone_of_several: '这个手机号已登记在几位员工名下，请先核对',
  name_of_several: '有几位同名的员工，请补上手机号',
  unknown_person: '主管“{word}”不在员工里，其他内容已导入',
  several_people: '有几位员工都叫“{word}”，主管请填手机号；其他内容已导入',
  own_supervisor: '主管是本人，其他内容已导入',
} as const;

const fileFaults = {
  empty: '文件是空的',
  no_name_column: '第一行要有列名，至少要有“姓名”；可以有：手机号、主管、角色、区域、产品线',
} as const;

export async function staffImport(path: string, env: Environment): Promise<number> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return refuse(`读不到文件 ${path}：请检查路径和权限`);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    return refuse('这是 Excel 工作簿：请在 Excel 或 WPS 里“另存为 → CSV”，再导入保存出来的文件。');
  }
  const file = readStaffFile(decodeTable(bytes));
  if (!file.ok) return refuse(fileFaults[file.reason]);
  return withApp(env, async (app) => {
    const { added, updated, faults } = await importRows(app, file.rows);
    const all = [...file.faults, ...faults].sort((a, b) => a.line - b.line);
    process.stdout.write(`导入完成：新增 ${added} 人，更新 ${updated} 人，${all.length} 处需要处理\n`);
    for (const { line, name, why } of all) process.stdout.write(`  第 ${line} 行 ${name || '（没有姓名）'}：${why}\n`);
    return all.length === 0 ? 0 : 1;
  });
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

interface Imported {
  added: number;
  updated: number;
  readonly faults: RowFault[];
}

/** Everybody first: a supervisor may stand further down. */
async function importRows(app: App, rows: readonly StaffFileRow[]): Promise<Imported> {
  const imported: Imported = { added: 0, updated: 0, faults: [] };
  const waiting: { readonly row: StaffFileRow; readonly staffId: string }[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    const results = await app.transact(async (tx) => {
      const done: { row: StaffFileRow; result: Awaited<ReturnType<typeof importStaff>> }[] = [];
      for (const row of part) done.push({ row, result: await importStaff(tx, row) });
      return done;
    });
    for (const { row, result } of results) {
      if (!result.ok) imported.faults.push({ line: row.line, name: row.name, why: reasons[result.reason] });
      else {
        imported[result.how] += 1;
        if (row.supervisor !== null) waiting.push({ row, staffId: result.staffId });
      }
    }
  }
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const part = waiting.slice(at, at + AT_ONCE);
    const faults = await app.transact(async (tx) => {
      const found: RowFault[] = [];
      for (const { row, staffId } of part) {
        const word = row.supervisor ?? '';
        const result = await importSupervisor(tx, staffId, word);
        if (!result.ok)
          found.push({ line: row.line, name: row.name, why: reasons[result.reason].replace('{word}', word) });
      }
      return found;
    });
    imported.faults.push(...faults);
  }
  return imported;
}
