/** Changes of colleagues in the log, and whether a person or the address book decided last. */
import type { Tx } from '../tx.ts';

export type StaffAction =
  | 'staff.role'
  | 'staff.supervisor'
  | 'staff.linked'
  | 'staff.merged'
  | 'staff.link_code'
  | 'staff.link_refused'
  | 'staff.deactivated'
  | 'staff.reactivated'
  | 'staff.profile'
  | 'staff.handed_over'
  | 'staff.token_made'
  | 'staff.token_revoked';

/** `code`: the colleague, by a link code · `sync`: the address book · `import`: a file · `command`: whoever runs the server. */
export interface StaffChange {
  readonly staffId: string;
  readonly action: StaffAction;
  readonly by: 'sync' | 'import' | 'command' | 'platform' | 'code';
  readonly actorId?: string | null;
  /** Names of fields and ids. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export async function auditStaff(tx: Tx, { staffId, action, by, actorId = null, detail }: StaffChange): Promise<void> {
  await tx.auditEntry.insert({
    id: tx.newId(),
    actorId,
    action,
    entity: 'staff',
    entityId: staffId,
    detail: { by, ...detail },
    at: tx.now,
  });
}

/** Who decided such a matter last; null when nobody has. */
export async function lastDecision(tx: Tx, staffId: string, action: StaffAction): Promise<StaffChange['by'] | null> {
  const entries = await tx.auditEntry.list(
    { entity: 'staff', entityId: staffId, action },
    { orderBy: 'at', descending: true, limit: 1 },
  );
  const by = entries[0]?.detail['by'];
  return by === 'sync' || by === 'import' || by === 'command' || by === 'platform' ? by : null;
}

/** True when people have decided it, so that the address book must not change it back. */
export async function decidedByHand(tx: Tx, staffId: string, action: StaffAction): Promise<boolean> {
  const by = await lastDecision(tx, staffId, action);
  return by === 'import' || by === 'command';
}
