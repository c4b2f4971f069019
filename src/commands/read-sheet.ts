/** Reads the first sheet of an Excel workbook as a table of texts, however long that takes: see workbook.ts. */
import { readSheet } from 'read-excel-file/universal';
import type { TableRow } from './csv.ts';
import { unpackedSize } from './zip-size.ts';

export type SheetRead =
  | { readonly ok: true; readonly rows: readonly TableRow[] }
  | { readonly ok: false; readonly reason: 'unreadable' | 'unpacks_too_big' };

/** A sheet of 20,000 full rows unpacks to about a fifth of it. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** Blank rows are left out; `line` is the row as Excel numbers it. */
export async function readFirstSheet(bytes: Uint8Array): Promise<SheetRead> {
  const size = unpackedSize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), MOST_UNPACKED);
  if (size === null) return { ok: false, reason: 'unreadable' };
  if (size === 'too much') return { ok: false, reason: 'unpacks_too_big' };
  // From memory: as a stream, an archive that is cut or bent inside is waited for without end.
  const sheet = await readSheet(new Uint8Array(bytes).buffer).catch(() => null);
  if (sheet === null) return { ok: false, reason: 'unreadable' };
  const rows = sheet.map((cells, at) => ({ line: at + 1, cells: cells.map(asText) }));
  return { ok: true, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) };
}

/** A number is written with all its digits: a telephone number that Excel took for a quantity is one again. */
function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number' && Number.isInteger(cell)) return BigInt(cell).toString();
  return String(cell).trim();
}
