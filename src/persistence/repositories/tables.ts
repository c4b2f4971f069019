/** The repositories of every table of the core, bound to one company. */
import type { Tables } from '../../crm/tables.ts';
import { schemas } from '../schemas.ts';
import type { Session } from '../session.ts';
import { createTable, type StoredTable } from './table.ts';

export type StoredTables = { readonly [K in keyof Tables]: StoredTable<Tables[K]> };

const names = Object.keys(schemas) as (keyof Tables)[];

export function createTables(session: Session, tenantId: string): StoredTables {
  // The entries belong together by their key, which a mapped type cannot be told of.
  return Object.fromEntries(
    names.map((name) => [name, createTable(session, schemas[name] as never, tenantId)]),
  ) as unknown as StoredTables;
}
