/** `staff import`: a company's own list of colleagues. Either all of it is taken, or nothing, with everything that is wrong in it. */
import type { App } from '../app.ts';
import { importStaff, importSupervisor } from '../crm/staff/import-staff.ts';
import { readDirectory } from '../crm/staff/staff-directory.ts';
import type { Tx } from '../crm/tx.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import type { RowFault, StaffFileRow } from './staff-file.ts';
import { readStaffFile, type StaffFile } from './staff-reading.ts';

const reasons = {
  no_name: '没有姓名',
  phone_of_several: '这个手机号已登记在几位员工名下，请先核对',
  name_of_several: '有几位同名的员工，请补上手机号',
  unknown_person: '主管“{word}”不在名单里，也不是已有的员工',
  several_people: '有几位员工都叫“{word}”，主管请填手机号',
  own_supervisor: '主管是本人',
} as const;

export async function staffImport(path: string, env: Environment): Promise<number> {
  const file = await readStaffFile(path);
  if (!file.ok) {
    process.stderr.write(`${file.why}\n`);
    return 1;
  }
  return withApp(env, async (app) => {
    const { added, updated, faults } = await importAll(app, file);
    if (faults.length === 0) {
      process.stdout.write(`导入完成：新增 ${added} 人，更新 ${updated} 人\n`);
      return 0;
    }
    process.stdout.write(`没有导入：有 ${faults.length} 处要改，改好后再导入一次，这次什么都没有变\n`);
    for (const { line, name, why } of faults)
      process.stdout.write(`  第 ${line} 行 ${name || '（没有姓名）'}：${why}\n`);
    return 1;
  });
}

interface Imported {
  readonly added: number;
  readonly updated: number;
  /** In the order of the file. */
  readonly faults: readonly RowFault[];
}

/** Carries what was found out of a transaction that must leave nothing behind. */
class NothingChanged extends Error {
  readonly imported: Imported;
  constructor(imported: Imported) {
    super('the list has faults');
    this.imported = imported;
  }
}

async function importAll(app: App, file: StaffFile & { readonly ok: true }): Promise<Imported> {
  try {
    return await app.transact(async (tx) => {
      const imported = await importRows(tx, file.rows, new Set(file.faults.map(({ name }) => name)));
      const faults = [...file.faults, ...imported.faults].sort((a, b) => a.line - b.line);
      if (faults.length > 0) throw new NothingChanged({ ...imported, faults });
      return imported;
    });
  } catch (error) {
    if (error instanceof NothingChanged) return error.imported;
    throw error;
  }
}

/** Everybody first: a supervisor may stand further down. `unread`: names of rows that could not be read; they may be supervisors. */
async function importRows(tx: Tx, rows: readonly StaffFileRow[], unread: ReadonlySet<string>): Promise<Imported> {
  const directory = await readDirectory(tx);
  const count = { added: 0, updated: 0 };
  const faults: RowFault[] = [];
  const waiting: { readonly row: StaffFileRow; readonly staffId: string; readonly word: string }[] = [];
  for (const row of rows) {
    const result = await importStaff(tx, directory, row);
    if (!result.ok) {
      faults.push({ line: row.line, name: row.name, why: reasons[result.reason] });
      continue;
    }
    count[result.how] += 1;
    if (row.supervisor !== null) waiting.push({ row, staffId: result.staffId, word: row.supervisor });
  }
  for (const { row, staffId, word } of waiting) {
    const result = unread.has(word) ? { ok: true as const } : await importSupervisor(tx, directory, staffId, word);
    if (!result.ok)
      faults.push({ line: row.line, name: row.name, why: reasons[result.reason].replace('{word}', word) });
  }
  return { ...count, faults };
}
