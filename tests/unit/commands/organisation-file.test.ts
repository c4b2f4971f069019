/** Lists of colleagues as spreadsheets save them. */
import { expect, it } from 'vitest';
import { decodeTable, readTable } from '../../../src/commands/csv.ts';
import { readStaffList } from '../../../src/commands/staff-file.ts';

const cells = (text: string) => readTable(text).map((row) => row.cells);

it('cells in quotes hold separators, breaks and quotes; blank lines are nothing', () => {
  expect(cells('a,"b,""c""\nd",e\r\n\r\n , \nf,,\n')).toEqual([
    ['a', 'b,"c"\nd', 'e'],
    ['f', '', ''],
  ]);
  expect(cells('a\t"b"\tc')).toEqual([['a', 'b', 'c']]);
  expect(cells('')).toEqual([]);
});

it('lines are counted as an editor shows them, also after a break inside a cell', () => {
  expect(readTable('a\n"b\nc"\n\nd').map(({ line }) => line)).toEqual([1, 2, 5]);
});

it('both encodings of Excel are read', () => {
  const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x61]);
  expect(decodeTable(gbk)).toBe('姓名,a');
  expect(decodeTable(Buffer.from('\uFEFF姓名,a'))).toBe('姓名,a');
});

it('columns are known by their usual names in any order; what is absent stays unknown', () => {
  const file = readStaffList(readTable('产品,大区,名字,上级\n泵；阀/泵,华东,李娜,陈总监\n,,王强,'));
  expect(file).toEqual({
    ok: true,
    faults: [],
    rows: [
      {
        line: 2,
        name: '李娜',
        phone: null,
        supervisor: '陈总监',
        role: null,
        region: '华东',
        productLines: ['泵', '阀'],
      },
      { line: 3, name: '王强', phone: null, supervisor: null, role: null, region: null, productLines: null },
    ],
  });
});

it('a table without names is refused as a whole', () => {
  expect(readStaffList(readTable('a,b\n1,2'))).toEqual({ ok: false, reason: 'no_name_column' });
  expect(readStaffList(readTable('\n'))).toEqual({ ok: false, reason: 'empty' });
});
