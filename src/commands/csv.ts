/** Reads tables as spreadsheets save them: commas or tabs, quoted cells, UTF-8 or the encoding of Chinese Windows. */

/** Text of a file; a file that is not UTF-8 is taken for GB 18030, which Excel writes in China. */
export function decodeTable(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export interface TableRow {
  /** As an editor or Excel numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of cells, blank rows left out. A cell in quotes may hold separators, line breaks and doubled quotes (RFC 4180). */
export function readTable(text: string): TableRow[] {
  const [head = ''] = text.split(/\r?\n/, 1);
  const separator = head.includes('\t') && !head.includes(',') ? '\t' : ',';
  const rows: { line: number; cells: string[] }[] = [];
  let [cell, quoted, line, start] = ['', false, 1, 1];
  /** The cell holds blanks at most; asking it itself at every quotation mark would take for ever in a long one. */
  let blank = true;
  const add = (sign: string): void => {
    cell += sign;
    blank &&= sign.trim() === '';
  };
  let cells: string[] = [];
  const endRow = (): void => {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ line: start, cells });
    [cells, cell, blank] = [[], '', true];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\n') line += 1;
    if (quoted) {
      if (sign !== '"') add(sign);
      else if (text.charAt(at + 1) === '"') {
        add('"');
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && blank) [quoted, cell] = [true, ''];
    else if (sign === separator) {
      cells.push(cell.trim());
      [cell, blank] = ['', true];
    } else if (sign === '\n') {
      endRow();
      start = line;
    } else if (sign !== '\r' && sign !== '\uFEFF') add(sign);
  }
  endRow();
  return rows;
}
