/** Brings an answer to the colleague who asked, and to nobody else: as a card, or in words where cards must be saved. */
import { addressOf } from '../card/address.ts';
import { drawAnswer } from '../card/faces/answer-face.ts';
import { cardAsText } from '../card/faces/as-text.ts';
import { sendCard } from '../card/send-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { AskedData, CardRow } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

export async function openAnswer(
  tx: Tx,
  asker: { readonly accountId: string; readonly staff: StaffRow },
  asked: AskedData,
): Promise<void> {
  const address = await addressOf(tx, asker.staff.id, asker.accountId);
  if (!address) return;
  const card: Omit<CardRow, 'tenantId'> = {
    id: tx.newId(),
    accountId: address.accountId,
    kind: 'answer',
    staffId: asker.staff.id,
    addressId: address.externalId,
    subject: `asked:${asker.staff.id}`,
    data: { asked },
    status: 'open',
    outcome: null,
    digestId: null,
    messageId: null,
    updateHandle: null,
    sentAt: null,
    createdAt: tx.now,
  };
  if (tx.runsShort(address.accountId)) {
    const face = await drawAnswer(tx, { ...card, tenantId: tx.tenantId }, []);
    await tellPerson(tx, { staffId: asker.staff.id, accountId: address.accountId, text: cardAsText(face) });
    return;
  }
  const row = await tx.card.insert(card);
  if (asked.candidates.length > 0)
    await tx.cardAction.insert({
      id: tx.newActionKey(),
      cardId: row.id,
      kind: 'choose_customer',
      targetId: null,
      staffId: asker.staff.id,
      expiresAt: tx.now + tx.active.policy.cards.validDays * 86_400_000,
      usedAt: null,
    });
  await sendCard(tx, row);
}
