// A catalogue as a table: columns by their names, money to the fen, and what is wrong said row by row.

import { expect, it } from 'vitest';
import { readTable } from '../../../../src/commands/csv.ts';
import { readProductList } from '../../../../src/crm/product/product-list.ts';

const read = (text: string) => readProductList(readTable(text));

it('reads columns by their names and money as people write it', () => {
  const { rows, faults } = read(
    '料号,产品名称*,规格型号,计量单位,分类,目录价（元）,成本价\nZC-1,轴承座,HT250,,轴承,"¥1,234.50",12.300000000000001\n,润滑脂,,桶,,９９元,',
  );
  expect(faults).toEqual([]);
  expect(rows).toEqual([
    {
      ...{ line: 2, code: 'ZC-1', name: '轴承座', spec: 'HT250', productLine: '轴承' },
      ...{ listMinor: 123_450, costMinor: 1_230 },
    },
    {
      ...{ line: 3, name: '润滑脂', unit: '桶' },
      listMinor: 9_900,
    },
  ]);
});

it('a column that is not there says nothing', () => {
  expect(read('名称\n轴承座').rows).toEqual([{ line: 2, name: '轴承座' }]);
});

it('says row by row what is wrong', () => {
  const { rows, faults } = read(`名称,编号,目录价,成本
,A-1,1,1
轴承座,${'x'.repeat(61)},1.234,-5
垫片,A-2,1,1
螺栓,A-3,面议,100000000000`);
  expect(rows).toHaveLength(1);
  expect(faults).toEqual([
    { line: 2, why: '没有名称' },
    { line: 3, why: '编号超过 60 个字；目录价看不懂，请填数字，最多两位小数；成本看不懂，请填数字，最多两位小数' },
    { line: 5, why: '目录价看不懂，请填数字，最多两位小数；成本看不懂，请填数字，最多两位小数' },
  ]);
});

it('says what a list needs', () => {
  expect(read('').faults).toEqual([{ line: null, why: '文件是空的。' }]);
  expect(read('品牌,价格\nA,1').faults[0]?.why).toContain('没有找到“名称”列');
  expect(read(`名称\n${'垫片\n'.repeat(5_001)}`).faults).toEqual([
    { line: null, why: '一次最多 5000 行：请分成几个文件导入。' },
  ]);
});
