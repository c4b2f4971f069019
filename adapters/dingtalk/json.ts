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

/** A rich text has five levels. What nests deeper than we are willing to walk could not be written again. */
const maxDepth = 32;

/** The object that a text holds, or null: the platform likes to put JSON into strings. */
export function parseRecord(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && !nestsDeeperThan(value, maxDepth) ? value : null;
  } catch {
    return null;
  }
}

function nestsDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => nestsDeeperThan(inner, limit - 1));
}
