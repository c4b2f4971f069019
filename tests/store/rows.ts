/** Rows for store suites: a full row of any table, and the transaction of a company. */
import type { EntitySchemaColumnOptions } from 'typeorm';
import type { ActivePolicy, Table, Tx } from '../../src/crm/tx.ts';
import { schemas } from '../../src/persistence/schemas.ts';
import { activate, starterDocument } from '../../src/policies.ts';
import type { Store } from './open-store.ts';

export type TableName = keyof typeof schemas;
export const tableNames = Object.keys(schemas) as TableName[];
/** Any table, for suites that treat all alike. */
export type AnyTable = Table<Record<string, unknown> & { id: string }>;
export const anyTable = (tx: Tx, name: TableName): AnyTable => tx[name] as unknown as AnyTable;

const active: ActivePolicy = activate(1, starterDocument());

export function as<T>(store: Store, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return store.unitOfWork.run((session) =>
    work(
      store.database.tx(session, {
        tenantId,
        active,
        cardsOf: () => ({ updates: 'free', updatableForMs: 86_400_000 }),
        runsShort: () => false,
        guideOf: () => ({ label: '平台', wordsArrive: ['把客户的话发给我。'], openPage: null }),
        onEnqueue: () => {},
      }),
    ),
  );
}

/** A row that fills every column; `mark` makes its texts and numbers differ from another one's. */
export function fullRow(name: TableName, id: string, mark: number): Record<string, unknown> & { id: string } {
  const columns = Object.entries(schemas[name].options.columns) as [string, EntitySchemaColumnOptions][];
  const values = columns
    .filter(([property]) => property !== 'tenantId' && property !== 'id')
    .map(([property, { type }]) => [property, sample(String(type), property, mark)]);
  return { ...Object.fromEntries(values), id };
}

function sample(type: string, property: string, mark: number): unknown {
  if (type === 'bigint') return Number.MAX_SAFE_INTEGER - mark;
  if (type === 'boolean') return mark % 2 === 0;
  if (type === 'blob') return Buffer.from([mark, 0, 255]);
  if (property === 'tags') return [`标签“好”😀 ${mark}`, 'a\\"b'];
  if (type === 'simple-json') return { why: `客户说“好”😀 ${mark}`, pending: [{ quote: 'a\\"b', messageId: null }] };
  // The shortest columns hold three letters (a currency).
  return property === 'text' ? `报价单发您了 👍 ${mark}` : `v${mark}`;
}
