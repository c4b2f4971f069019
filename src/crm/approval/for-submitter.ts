/** Who answers for what was asked for: the one who submitted it; once they have left, whoever has the deal, or stands above. */

import type { ApprovalRow } from '../rows/approvals.ts';
import { chainOf } from '../staff/stand-in.ts';
import type { Tx } from '../tx.ts';
import { SUBJECTS } from './registry.ts';

export async function speaksFor(tx: Tx, { submitterId, subjectKind, subjectId }: ApprovalRow): Promise<string> {
  if ((await tx.staff.get(submitterId))?.active) return submitterId;
  const ownerId = (await SUBJECTS[subjectKind].picture(tx, subjectId))?.ownerId ?? submitterId;
  for (const start of [ownerId, submitterId])
    for await (const { id, active } of chainOf(tx, start)) if (active) return id;
  return submitterId;
}

export const maySpeakFor = async (tx: Tx, row: ApprovalRow, staffId: string): Promise<boolean> =>
  row.submitterId === staffId || (await speaksFor(tx, row)) === staffId;
