/** A catalogue as a table: its columns by their Chinese or English names, and what is wrong with a row. Pure. */
import type { ProductFacts } from './product-desk.ts';

export interface Cells {
  /** As an editor or Excel numbers it. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** An empty cell says nothing: what is known stays. */
export interface ProductListRow extends Omit<ProductFacts, 'active'> {
  readonly line: number;
  readonly name: string;
}

export interface ProductList {
  readonly rows: readonly ProductListRow[];
  /** In the order of the table. */
  readonly faults: readonly ProductFault[];
}

export interface ProductFault {
  /** Null: of the table as a whole. */
  readonly line: number | null;
  /** Chinese. */
  readonly why: string;
}

const MOST_PRODUCTS = 5_000;
/** With its remark. Of what is longer no more is looked at: the pattern takes time by the square of it. */
const LONGEST_TITLE = 300;

const COLUMNS = {
  code: ['编号', '编码', '产品编号', '产品编码', '料号', '物料编码', '货号', 'code', 'sku'],
  name: ['名称', '产品名称', '品名', '产品', '物料名称', 'name'],
  spec: ['规格', '型号', '规格型号', 'spec', 'model'],
  unit: ['单位', '计量单位', 'unit'],
  productLine: ['产品线', '分类', '类别', 'productline', 'line'],
  list: ['目录价', '含税目录价', '标准价', '价格', '单价', '售价', 'listprice', 'price'],
  cost: ['成本', '成本价', '不含税成本', 'cost'],
} as const;
type Column = keyof typeof COLUMNS;

const LONGEST = { code: 60, name: 200, spec: 200, unit: 20, productLine: 60 } as const;
const MOST_MINOR = 1_000_000_000_000;

export function readProductList(table: readonly Cells[]): ProductList {
  const [head, ...body] = table;
  if (!head) return fault('文件是空的。');
  if (body.length > MOST_PRODUCTS) return fault(`一次最多 ${MOST_PRODUCTS} 行：请分成几个文件导入。`);
  const titles = head.cells.map(plainTitle);
  const places = new Map<Column, number>();
  for (const key of Object.keys(COLUMNS) as Column[])
    places.set(
      key,
      titles.findIndex((title) => (COLUMNS[key] as readonly string[]).includes(title)),
    );
  const at = (key: Column): number => places.get(key) ?? -1;
  if (at('name') < 0)
    return fault('没有找到“名称”列：第一行要有列名，至少要有“名称”；可以有：编号、规格、单位、产品线、目录价、成本。');
  const rows: ProductListRow[] = [];
  const faults: ProductFault[] = [];
  for (const { line, cells } of body) {
    const cell = (key: Column): string | undefined => (at(key) < 0 ? undefined : (cells[at(key)] ?? '').trim());
    const list = readMoney(cell('list'));
    const cost = readMoney(cell('cost'));
    const why = [
      ...wrongTexts(cell),
      ...(list === 'unreadable' ? ['目录价看不懂，请填数字，最多两位小数'] : []),
      ...(cost === 'unreadable' ? ['成本看不懂，请填数字，最多两位小数'] : []),
    ];
    if (why.length > 0 || list === 'unreadable' || cost === 'unreadable') faults.push({ line, why: why.join('；') });
    else
      rows.push({
        ...{ line, name: cell('name') ?? '', code: said(cell('code')), spec: said(cell('spec')) },
        ...{ unit: said(cell('unit')), productLine: said(cell('productLine')) },
        ...{ listMinor: list, costMinor: cost },
      });
  }
  return { rows, faults };
}

const fault = (why: string): ProductList => ({ rows: [], faults: [{ line: null, why }] });

const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

function wrongTexts(cell: (key: Column) => string | undefined): string[] {
  const names = { code: '编号', name: '名称', spec: '规格', unit: '单位', productLine: '产品线' } as const;
  const keys = Object.keys(LONGEST) as (keyof typeof LONGEST)[];
  return [
    ...(cell('name') === '' ? ['没有名称'] : []),
    ...keys
      .filter((key) => (cell(key) ?? '').length > LONGEST[key])
      .map((key) => `${names[key]}超过 ${LONGEST[key]} 个字`),
  ];
}

/** Fen; undefined for an empty cell. Workbooks write 12.3 as 12.300000000000001. */
function readMoney(text: string | undefined): number | undefined | 'unreadable' {
  if (text === undefined) return undefined;
  const plain = text.normalize('NFKC').replace(/^[¥￥]|元$|[,\s]/g, '');
  if (plain === '') return undefined;
  if (!/^\d+(\.\d+)?$/.test(plain)) return 'unreadable';
  const minor = Math.round(Number(plain) * 100);
  return minor <= MOST_MINOR && Math.abs(Number(plain) * 100 - minor) < 1e-4 ? minor : 'unreadable';
}

/** `目录价（元）`, `名 称*` and `List Price` are known, too. */
const plainTitle = (title: string): string =>
  title
    .slice(0, LONGEST_TITLE)
    .normalize('NFKC')
    .replace(/\(.*\)$|[\s*_]/g, '')
    .toLowerCase();
