/** Every change of an approval ends here: it is stored, its cards follow, and when it is over the subject and the submitter hear of it. */
import type { Tx } from '../tx.ts';
import { bringCards } from './bring-cards.ts';
import { SUBJECTS } from './registry.ts';
import type { Approval } from './shape.ts';
import { type StoredApproval, saveApproval } from './store.ts';
import { tellVerdict } from './verdict.ts';
import { approvalWords, namedIn } from './words.ts';

export interface CarryOut {
  /** Who did it; null when a rule did. */
  readonly by: string | null;
  /** Whoever is still asked gets a fresh card. */
  readonly again?: boolean;
}

/** The caller holds the approval's row. */
export async function carryOut(
  tx: Tx,
  stored: StoredApproval,
  next: Approval,
  { by, again = false }: CarryOut,
): Promise<StoredApproval> {
  const now = await saveApproval(tx, stored, next);
  await bringCards(tx, now, again);
  if (next.state !== 'open') await followThrough(tx, now, by);
  return now;
}

/** Of an approval that has ended. */
export async function followThrough(tx: Tx, { row, approval }: StoredApproval, by: string | null): Promise<void> {
  const { state } = approval;
  if (state === 'open') return;
  const subject = SUBJECTS[row.subjectKind];
  const outcome = approvalWords(approval, await tx.queries.staffNames(namedIn(approval)));
  await subject[state](tx, { approvalId: row.id, subjectId: row.subjectId, staffId: by, outcome });
  if (state !== 'withdrawn') await tellVerdict(tx, { row, approval }, outcome);
}
