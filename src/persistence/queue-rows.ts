/** Items of work as rows of a queue's table, and back. */
import type { NewWork, WorkItem } from '../work/queue.ts';

export const NEW_COLUMNS = [
  'tenant_id',
  'id',
  'account_id',
  'dedupe_key',
  'order_key',
  'payload',
  'queued_at',
  'status',
  'attempts',
  'available_at',
];

export interface QueueRow {
  id: string;
  tenant_id: string;
  account_id: string;
  dedupe_key: string;
  order_key: string;
  payload: string;
  queued_at: number | string;
  attempts: number | string;
  lease_owner: string | null;
  last_error: string | null;
}

export function idsByTenant(
  items: readonly Pick<WorkItem, 'tenantId' | 'id'>[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { tenantId, id } of items) found.set(tenantId, [...(found.get(tenantId) ?? []), id]);
  return found;
}

export function newRow(item: NewWork): (string | number)[] {
  return [
    item.tenantId,
    item.id,
    item.accountId,
    item.dedupeKey,
    item.orderKey,
    item.payload,
    item.queuedAt,
    'ready',
    0,
    item.availableAt,
  ];
}

export function workItem(row: QueueRow): WorkItem {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    accountId: row.account_id,
    dedupeKey: row.dedupe_key,
    orderKey: row.order_key,
    payload: row.payload,
    queuedAt: Number(row.queued_at),
    attempts: Number(row.attempts),
    takenOver: row.lease_owner !== null,
    lastError: row.last_error,
  };
}
