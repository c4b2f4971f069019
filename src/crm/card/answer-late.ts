/** The platform no longer waits for the answer to a tap: what it would have carried goes out by itself. */
import type { CardTap, TapAnswer } from '../../channel/event.ts';
import { findStaff } from '../staff/known-staff.ts';
import type { Tx } from '../tx.ts';
import { refreshCard } from './send-card.ts';

/** Brings the tapped card to the current state, and tells the tapper what came of it. */
export async function answerLate(tx: Tx, accountId: string, tap: CardTap, answer: TapAnswer): Promise<void> {
  tx.answering.cardId = null;
  const action = await tx.cardAction.get(tap.actionKey);
  const card = action && (await tx.card.get(action.cardId));
  if (card) await refreshCard(tx, card);
  await tellTapper(tx, accountId, tap, answer);
}

/** Says an answer's notice in words; only to colleagues. */
export async function tellTapper(tx: Tx, accountId: string, tap: CardTap, { notice }: TapAnswer): Promise<void> {
  if (notice === null || !(await findStaff(tx, accountId, tap.tapper))) return;
  await tx.enqueue({
    accountId,
    dedupeKey: `late:${tap.eventId}`,
    orderKey: `to:${accountId}:${tap.tapper.id}`,
    order: { kind: 'text.send', to: { kind: 'person', id: tap.tapper.id }, text: `刚才点的按钮：${notice.text}` },
  });
}
