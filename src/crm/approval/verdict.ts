/** The one who asked hears how it ended: agreed, in words; refused, on a card with the reason and a button that begins anew. */
import { addressOf } from '../card/address.ts';
import { addAction, newCard } from '../card/new-card.ts';
import { sendCard } from '../card/send-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { Tx } from '../tx.ts';
import { verdictOf } from './end-verdict.ts';
import { speaksFor } from './for-submitter.ts';
import { SUBJECTS } from './registry.ts';
import type { StoredApproval } from './store.ts';

const BUTTON_MS = 30 * 86_400_000;

/** `outcome`: one Chinese sentence. Of an approval that has ended; each is told once. */
export async function tellVerdict(tx: Tx, { row, approval }: StoredApproval, outcome: string): Promise<void> {
  const readerId = await speaksFor(tx, row);
  if (approval.state === 'rejected') {
    await sendRefusal(tx, row, readerId);
    return;
  }
  const picture = await SUBJECTS[row.subjectKind].picture(tx, row.subjectId);
  const path = picture?.path ?? null;
  await tellPerson(tx, {
    staffId: readerId,
    accountId: '',
    key: `approval:${row.id}:ended`,
    text: `${row.title} 通过了：${outcome}。可以发给客户了。`,
    ...(path !== null && { links: [{ label: '打开报价单', path }] }),
  });
}

async function sendRefusal(tx: Tx, { id, subjectKind, subjectId }: StoredApproval['row'], readerId: string) {
  const reader = await addressOf(tx, readerId, '');
  const subject = verdictOf(subjectKind, subjectId);
  if (!reader || (await tx.card.find({ kind: 'verdict', subject }))) return;
  const card = await tx.card.insert(newCard(tx, { kind: 'verdict', subject, data: { approvalId: id }, reader }));
  await addAction(tx, card, { kind: 'remake', targetId: id, expiresAt: tx.now + BUTTON_MS });
  await sendCard(tx, card);
}
