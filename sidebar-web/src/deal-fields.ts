/** A deal's fields between what is typed and what the server keeps. */
import type { DealFieldView } from './api/crm.ts';
import { dayWords } from './due.ts';
import { moneyWords, typedAmount } from './figures.ts';

export type FieldValue = string | number;

/** As it stands in a form. */
export function typedForm({ kind, value }: DealFieldView): string {
  if (value === null) return '';
  return kind === 'money' ? String(Number(value) / 100) : String(value);
}

/** As it is read. */
export function fieldWords({ kind, value }: DealFieldView, currency: string, now: number): string {
  if (value === null) return '';
  if (kind === 'money') return moneyWords(Number(value), currency);
  return kind === 'date' ? dayWords(String(value), now) : String(value);
}

/** Null for nothing, undefined for what does not fit. */
export function typedValue({ kind }: Pick<DealFieldView, 'kind'>, text: string): FieldValue | null | undefined {
  const said = text.trim();
  if (said === '') return null;
  if (kind === 'money') return typedAmount(said);
  if (kind === 'number')
    return Number.isFinite(Number(said.replace(/[,，]/g, ''))) ? Number(said.replace(/[,，]/g, '')) : undefined;
  if (kind === 'phone') return /^\+?[\d\s()（）-]{5,30}$/.test(said) ? said : undefined;
  return said;
}
