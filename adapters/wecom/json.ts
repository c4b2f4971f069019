/** Reading fields of parsed JSON without believing anything about its shape. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonRecord = Readonly<Record<string, Json>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field: names such as `constructor` in a hostile body find nothing. */
export function field(record: JsonRecord, name: string): Json | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether lists and objects nest deeper than we are willing to walk: what is written again must not go deeper than the writer can. */
export function nestsDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => nestsDeeperThan(inner, limit - 1));
}

/** A non-empty text field, or null. */
export function textField(record: JsonRecord, name: string): string | null {
  const value = field(record, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A nested object, or null. */
export function recordField(record: JsonRecord, name: string): JsonRecord | null {
  const value = field(record, name);
  return isRecord(value) ? value : null;
}

/** The objects of a list; an absent list has none. */
export function recordsField(record: JsonRecord, name: string): readonly JsonRecord[] {
  const value = field(record, name);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The texts of a list; an absent list has none. */
export function textsField(record: JsonRecord, name: string): readonly string[] {
  const value = field(record, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
