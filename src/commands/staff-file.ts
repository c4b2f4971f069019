/** A company's list of colleagues as a table: its columns by their Chinese or English names, and what is wrong with a row. */
import type { StaffListRow } from '../crm/staff/import-staff.ts';
import type { TableRow } from './csv.ts';

export interface StaffFileRow extends StaffListRow {
  /** Line in the file. */
  readonly line: number;
  /** A name, a number or an id; null where the list says nothing. */
  readonly supervisor: string | null;
}

export type StaffList =
  | { readonly ok: true; readonly rows: readonly StaffFileRow[]; readonly faults: readonly RowFault[] }
  | { readonly ok: false; readonly reason: 'empty' | 'no_name_column' | 'too_many_rows' };

/** More than any list of colleagues. */
export const MOST_ROWS = 20_000;

export interface RowFault {
  readonly line: number;
  readonly name: string;
  /** Chinese. */
  readonly why: string;
}

const columns = {
  name: ['姓名', '名字', '员工姓名', 'name'],
  phone: ['手机号', '手机', '电话', '手机号码', 'phone', 'mobile'],
  supervisor: ['主管', '上级', '直属上级', '直属主管', 'supervisor', 'manager'],
  role: ['角色', 'role'],
  region: ['区域', '大区', '地区', 'region'],
  products: ['产品线', '产品', 'products', 'productlines'],
} as const;
type Column = keyof typeof columns;

/** With its remark. Of what is longer no more is looked at: the pattern takes time by the square of it. */
const LONGEST_TITLE = 300;

const roles = new Map([
  ['管理员', 'admin'],
  ['admin', 'admin'],
  ['主管', 'manager'],
  ['经理', 'manager'],
  ['manager', 'manager'],
  ['销售', 'sales'],
  ['业务员', 'sales'],
  ['sales', 'sales'],
] as const);

export function roleOf(word: string): StaffListRow['role'] {
  return (roles as ReadonlyMap<string, StaffListRow['role']>).get(word.trim().toLowerCase()) ?? null;
}

/** Product lines as people separate them. */
export const splitLines = (text: string): string[] =>
  [...new Set(text.split(/[、,，;；/|]+/).map((line) => line.trim()))].filter((line) => line !== '');

export function readStaffList(table: readonly TableRow[]): StaffList {
  const [head, ...body] = table;
  if (!head) return { ok: false, reason: 'empty' };
  if (body.length > MOST_ROWS) return { ok: false, reason: 'too_many_rows' };
  const titles = head.cells.map(plainTitle);
  const places = new Map<Column, number>();
  for (const key of Object.keys(columns) as Column[])
    places.set(
      key,
      titles.findIndex((title) => (columns[key] as readonly string[]).includes(title)),
    );
  if (places.get('name') === -1) return { ok: false, reason: 'no_name_column' };
  const rows: StaffFileRow[] = [];
  const faults: RowFault[] = [];
  for (const { line, cells } of body) {
    const cell = (key: Column): string | null => cells[places.get(key) ?? -1] || null;
    const [name, phone, role, products] = [cell('name') ?? '', cell('phone'), cell('role'), cell('products')];
    const why = faultOf(phone, role);
    if (why !== null) faults.push({ line, name, why });
    else
      rows.push({
        line,
        name,
        phone,
        supervisor: cell('supervisor'),
        role: role === null ? null : roleOf(role),
        region: cell('region'),
        productLines: products === null ? null : splitLines(products),
      });
  }
  return { ok: true, rows, faults };
}

/** `姓 名*` and `姓名（必填）` are the name, too. */
const plainTitle = (title: string): string =>
  title
    .slice(0, LONGEST_TITLE)
    .normalize('NFKC')
    .replace(/\(.*\)$|[\s*]/g, '')
    .toLowerCase();

function faultOf(phone: string | null, role: string | null): string | null {
  // A spreadsheet that took a number for a quantity writes 1.38E+10: its digits are lost.
  if (phone !== null && !/^\+?[\d\s()-]{5,24}$/.test(phone))
    return '手机号看不懂（如果是 1.38E+10 这样的，请把该列设为文本后重新保存）';
  if (role !== null && roleOf(role) === null) return `角色“${role}”不认识，请填 管理员、主管 或 销售`;
  return null;
}
