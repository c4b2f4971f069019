/** Column shorthands for EntitySchema tables: camelCase properties, snake_case columns, plain values. */
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

/** Instants, counters and money: BIGINT, always a JavaScript number (drivers differ in what they return). */
export const integer: EntitySchemaColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
};
export const text: EntitySchemaColumnOptions = { type: 'varchar' };
export const longText: EntitySchemaColumnOptions = { type: 'text' };
/** Bytes as they are. */
export const bytes: EntitySchemaColumnOptions = { type: 'blob' };
export const flag: EntitySchemaColumnOptions = { type: 'boolean' };
export const json: EntitySchemaColumnOptions = { type: 'simple-json' };

export type Columns<Row> = { readonly [K in keyof Row]-?: EntitySchemaColumnOptions };

/**
 * Describes a table to TypeORM. Every row of a business table has `tenantId` and `id`; their order here is the
 * primary key's order. Nullability is the row type's and the migration's business; TypeORM only maps.
 */
export function table<Row extends object>(
  name: string,
  columns: Columns<Row>,
  primary: readonly (keyof Row & string)[],
): EntitySchema<Row> {
  const entries = Object.entries<EntitySchemaColumnOptions>(columns).map(([property, options]) => [
    property,
    {
      ...options,
      name: snakeCase(property),
      nullable: true,
      ...(primary.includes(property as keyof Row & string) ? { primary: true, nullable: false } : {}),
    },
  ]);
  return new EntitySchema<Row>({ name, tableName: name, columns: Object.fromEntries(entries) });
}

export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
