/** The table that a request carries, read before a transaction begins: unpacking a workbook takes longer than others should wait. */
import { readTableFile, tableFaults } from '../../../commands/table-file.ts';

export type GivenTable =
  | { readonly ok: true; readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[] }
  | { readonly ok: false; readonly why: string };

/** `body`: of an operation with `file`. */
export async function readGivenTable(body: { readonly base64: string }): Promise<GivenTable> {
  const table = await readTableFile(Buffer.from(body.base64, 'base64'));
  return table.ok ? table : { ok: false, why: tableFaults[table.reason] };
}
