/** Brings an answer to the colleague who asked, and to nobody else: as a card, or in words where cards must be saved. */
import { addressOf } from '../card/address.ts';
import { drawAnswer } from '../card/faces/answer-face.ts';
import { cardAsText } from '../card/faces/as-text.ts';
import { addAction, newCard } from '../card/new-card.ts';
import { sendCard } from '../card/send-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { AskedData } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

export async function openAnswer(
  tx: Tx,
  asker: { readonly accountId: string; readonly staff: StaffRow },
  asked: AskedData,
): Promise<void> {
  const { accountId, staff } = asker;
  const reader = await addressOf(tx, staff.id, accountId);
  if (!reader) return;
  const card = newCard(tx, { kind: 'answer', subject: `asked:${staff.id}`, data: { asked }, reader });
  if (tx.runsShort(reader.accountId)) {
    const face = await drawAnswer(tx, card, []);
    const links = face.blocks.flatMap((block) => (block.type === 'links' ? block.links : []));
    await tellPerson(tx, { staffId: staff.id, accountId: reader.accountId, text: cardAsText(face), links });
    return;
  }
  await tx.card.insert(card);
  if (asked.candidates.length > 0) await addAction(tx, card, { kind: 'choose_customer' });
  await sendCard(tx, card);
}
