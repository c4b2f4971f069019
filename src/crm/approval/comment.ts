/** Words beside the decisions: from whoever is named in an approval, at any time; they decide nothing. */
import { refreshCard } from '../card/send-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { maySpeakFor, speaksFor } from './for-submitter.ts';
import { note, tellTimeline } from './record.ts';
import { openStep } from './shape.ts';
import { holdApproval, type StoredApproval } from './store.ts';
import { namedIn } from './words.ts';

export type Commented =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown' | 'not_named'; readonly why: string };

export async function commentApproval(
  tx: Tx,
  { approvalId, by, text }: { readonly approvalId: string; readonly by: StaffRow; readonly text: string },
): Promise<Commented> {
  const stored = await holdApproval(tx, approvalId);
  if (!stored) return { ok: false, reason: 'unknown', why: '没有找到这个审批。' };
  if (!(await mayComment(tx, stored, by.id)))
    return { ok: false, reason: 'not_named', why: '只有提交人和审批人可以留言。' };
  const row = await tx.approvalNote.insert({
    ...{ id: tx.newId(), approvalId, kind: 'comment', staffId: by.id, text, at: tx.now },
  });
  await note(tx, by.id, stored.row, 'comment', { noteId: row.id });
  await tellTimeline(tx, stored, { staffId: by.id, what: `审批留言：${text}` });
  for (const card of await tx.card.list({ subject: `approval:${approvalId}`, status: 'open' }))
    await refreshCard(tx, card);
  await tellOthers(tx, stored, { by, text, noteId: row.id });
  return { ok: true };
}

export const mayComment = async (tx: Tx, { row, approval }: StoredApproval, staffId: string): Promise<boolean> =>
  namedIn(approval).includes(staffId) || (await maySpeakFor(tx, row, staffId));

/** The one who asks, and whoever is being asked: a question is of use only where it is heard. */
async function tellOthers(
  tx: Tx,
  { row, approval }: StoredApproval,
  { by, text, noteId }: { readonly by: StaffRow; readonly text: string; readonly noteId: string },
): Promise<void> {
  const asked = approval.state === 'open' ? (openStep(approval)?.seats ?? []) : [];
  const waiting = asked.filter(({ state }) => state === 'open').map(({ staffId }) => staffId);
  for (const staffId of new Set([await speaksFor(tx, row), ...waiting])) {
    if (staffId === by.id) continue;
    await tellPerson(tx, {
      ...{ staffId, accountId: '', key: `comment:${noteId}:${staffId}` },
      text: `${row.title}\n${by.name}留言：${text}`,
      links: [{ label: '打开审批', path: `/app/approvals/${row.id}` }],
    });
  }
}
