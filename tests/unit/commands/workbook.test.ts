/** Lists of colleagues as Excel workbooks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MOST_ROWS, readStaffList } from '../../../src/commands/staff-file.ts';
import { readStaffFile } from '../../../src/commands/staff-reading.ts';
import { readWorkbook } from '../../../src/commands/workbook.ts';
import { unpackedSize } from '../../../src/commands/zip-size.ts';
import { workbook, zip } from '../../support/workbook.ts';

const rowsOf = async (bytes: Buffer) => {
  const read = await readWorkbook(bytes);
  return read.ok ? read.rows : read.reason;
};

it('rows are numbered as Excel does, blank ones left out, and a number is its digits', async () => {
  const rows = await rowsOf(
    workbook([
      ['姓 名*', '手机号（必填）', '区域'],
      ['李娜', 13800138000, '华东'],
      [],
      ['王强', '+86 138-0000-0002', null],
      ['赵六', 8613800000003, 3.5],
    ]),
  );
  expect(rows).toEqual([
    { line: 1, cells: ['姓 名*', '手机号（必填）', '区域'] },
    { line: 2, cells: ['李娜', '13800138000', '华东'] },
    { line: 4, cells: ['王强', '+86 138-0000-0002', ''] },
    { line: 5, cells: ['赵六', '8613800000003', '3.5'] },
  ]);
  const list = readStaffList(rows as Exclude<typeof rows, string>);
  expect(list).toMatchObject({ ok: true, faults: [], rows: [{ name: '李娜', phone: '13800138000', line: 2 }, {}, {}] });
});

it('what is no workbook, or one that fills the memory, is refused before it is read', async () => {
  for (const bytes of [Buffer.from('PK\u0003\u0004'), zip({ 'a.txt': 'b' }), workbook([['姓名']]).subarray(0, 300)])
    expect(await rowsOf(bytes)).toBe('unreadable');
  // 80 MB of zeros are 80 kB, and the archive says that they are 10 bytes.
  const bomb = zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(80 * 1024 * 1024) }, 10);
  expect(bomb.length).toBeLessThan(100_000);
  expect(await rowsOf(bomb)).toBe('unpacks_too_big');
  expect(unpackedSize(zip({ a: 'x'.repeat(10), b: 'y'.repeat(20) }), 100)).toBe(30);
  expect(unpackedSize(zip({ a: 'x'.repeat(90), b: 'y'.repeat(20) }), 100)).toBe('too much');
});

it('more rows than any company has colleagues are refused as a whole', () => {
  const line = (_: unknown, at: number) => ({ line: at + 1, cells: ['姓名'] });
  expect(readStaffList(Array.from({ length: MOST_ROWS + 2 }, line))).toEqual({ ok: false, reason: 'too_many_rows' });
  expect(readStaffList(Array.from({ length: MOST_ROWS + 1 }, line))).toMatchObject({ ok: true });
});

it('a file says by itself what it is, and what is wrong with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'staff');
  const read = (content: string | Buffer) => {
    writeFileSync(path, content);
    return readStaffFile(path);
  };
  expect(await read(workbook([['姓名'], ['李娜']]))).toMatchObject({ ok: true, rows: [{ name: '李娜', line: 2 }] });
  expect(await read('姓名\n李娜')).toMatchObject({ ok: true, rows: [{ name: '李娜', line: 2 }] });
  const refusals: readonly (readonly [string | Buffer, string])[] = [
    ['', '文件是空的'],
    [workbook([]), '文件是空的'],
    [workbook([['部门', '电话']]), '至少要有“姓名”'],
    ['PK\u0003\u0004', '打不开'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧版 .xls'],
    [Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), '超过 5 MB'],
  ];
  for (const [content, why] of refusals)
    expect(await read(content)).toEqual({ ok: false, why: expect.stringContaining(why) });
  expect(await readStaffFile(join(folder, 'nothing'))).toEqual({ ok: false, why: expect.stringContaining('读不到') });
});
