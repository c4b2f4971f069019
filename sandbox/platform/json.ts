/** JSON as data: objects and lists out of what nobody has checked yet. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

export const listOf = (object: JsonObject | null, key: string): unknown[] => {
  const value = object?.[key];
  return Array.isArray(value) ? value : [];
};
