/** Reads a table from the bytes of a file: an Excel workbook, or text as spreadsheets save it. */
import { decodeTable, readTable, type TableRow } from './csv.ts';
import { isOldWorkbook, isWorkbook, PATIENCE_S, readWorkbook } from './workbook.ts';

export type TableFile =
  | { readonly ok: true; readonly rows: readonly TableRow[] }
  | { readonly ok: false; readonly reason: keyof typeof tableFaults };

/** Without what was to be in it. */
export const tableFaults = {
  unreadable: '这个 Excel 文件打不开：请在 Excel 或 WPS 里打开看看，另存为 .xlsx 再试。',
  unpacks_too_big: '这个 Excel 文件里的内容太多：请只留要导入的这一张表，另存为 .xlsx 再试。',
  takes_too_long: `这个 Excel 文件读了 ${PATIENCE_S} 秒还没有读完，已经停下，什么都没有导入：请在 Excel 或 WPS 里另存为新的 .xlsx 或 CSV 再试。`,
  others_first: '前面还有几个 Excel 文件没有读完，什么都没有导入：请过一分钟再试。',
  old: '这是旧版 .xls，或加了密码：请在 Excel 或 WPS 里另存为不带密码的 .xlsx 再试。',
} as const;

export async function readTableFile(bytes: Buffer): Promise<TableFile> {
  if (isOldWorkbook(bytes)) return { ok: false, reason: 'old' };
  return isWorkbook(bytes) ? readWorkbook(bytes) : { ok: true, rows: readTable(decodeTable(bytes)) };
}
