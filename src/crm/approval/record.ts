/** What happens to an approval is written down where its subject's is: in the log, and in the customer's timeline. */
import { writeAudit } from '../audit/audit.ts';
import type { ApprovalRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import { SUBJECTS } from './registry.ts';

/** In the log an approval is its subject's. */
export async function note(
  tx: Tx,
  by: string | null,
  row: ApprovalRow,
  what: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { id, subjectKind, subjectId, policyVersion } = row;
  const detail = { approvalId: id, policyVersion, ...more };
  await writeAudit(tx, by, [{ action: `approval.${what}`, entity: subjectKind, entityId: subjectId, detail }]);
}

/** `what` follows the subject's name, Chinese; `staffId`: null for what a rule did. */
export async function tellTimeline(
  tx: Tx,
  { row }: { readonly row: ApprovalRow },
  { staffId, what }: { readonly staffId: string | null; readonly what: string },
): Promise<void> {
  await SUBJECTS[row.subjectKind].tell(tx, row.subjectId, { staffId, what });
}
