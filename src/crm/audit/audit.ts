/** Writes down who saw and changed what: names of fields and ids, never what was said. */
import type { AuditEntryRow } from '../rows/organisation.ts';
import type { Tx } from '../tx.ts';

export interface AuditNote {
  /** `customer.read`, `deal.move`, … */
  readonly action: string;
  readonly entity: AuditEntryRow['entity'];
  readonly entityId: string;
  readonly detail?: AuditEntryRow['detail'];
}

export async function writeAudit(tx: Tx, actorId: string | null, notes: readonly AuditNote[]): Promise<void> {
  for (const { detail = {}, ...note } of notes)
    await tx.auditEntry.insert({ id: tx.newId(), actorId, ...note, detail, at: tx.now });
}
