/** Values of a deal's fields: read by their kind with a sentence for what does not fit, kept as text. */
import type { DealField } from '../../policy/schema/pipeline.ts';

/** Money in fen and numbers as numbers; dates as `YYYY-MM-DD` and all else as text. */
export type FieldValue = string | number;

export type ReadValue =
  | { readonly ok: true; readonly stored: string }
  | { readonly ok: false; readonly sentence: string };

const LONGEST = 1000;
const MOST = 1_000_000_000_000;
const PHONE = /^\+?[\d\s()（）-]{5,30}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function readValue(field: DealField, given: FieldValue): ReadValue {
  const stored = storedForm(field, given);
  return stored === null
    ? { ok: false, sentence: `「${field.name}」${WANTED[field.kind](field)}` }
    : { ok: true, stored };
}

/** Null for what no longer fits the field as the policy has it now: then it has no value. */
export function shownValue(field: DealField, stored: string): FieldValue | null {
  const numeric = field.kind === 'number' || field.kind === 'money';
  const value = numeric ? Number(stored) : stored;
  return stored !== '' && storedForm(field, value) !== null ? value : null;
}

const WANTED: Readonly<Record<DealField['kind'], (field: DealField) => string>> = {
  text: () => `要写文字，最多 ${LONGEST} 个字。`,
  number: () => '要填数字。',
  money: () => '要填金额，不能是负数，最多 100 亿元。',
  date: () => '要填日期，例如 2026-11-30。',
  choice: ({ options = [] }) => `要从这些里选一个：${options.join('、')}。`,
  phone: () => '要填电话：只能有数字、空格、括号和横线。',
};

/** Null when it does not fit. */
function storedForm({ kind, options = [] }: DealField, given: FieldValue): string | null {
  if (kind === 'number' || kind === 'money') {
    if (typeof given !== 'number' || !Number.isFinite(given) || Math.abs(given) > MOST) return null;
    const fits = kind === 'number' || (Number.isInteger(given) && given >= 0);
    return fits ? String(given) : null;
  }
  if (typeof given !== 'string') return null;
  const text = given.trim();
  if (text === '' || text.length > LONGEST) return null;
  if (kind === 'choice') return options.includes(text) ? text : null;
  if (kind === 'phone') return PHONE.test(text) ? text : null;
  if (kind === 'date') return isDate(text) ? text : null;
  return text;
}

function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 2000) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
