/** A card to a group could not go out: what it shows waits again, and whoever is in charge hears what to do. */
import { askForGroup, groupOf } from '../chat/group-of.ts';
import type { Tx } from '../tx.ts';

const AGAIN_MS = 3_600_000;

/** The group it was meant for is no longer that group: it is to be named anew. Does nothing for other cards. */
export async function takeBackGroupCard(tx: Tx, cardId: string): Promise<void> {
  const card = await tx.card.hold(cardId);
  const key = card?.data.group;
  if (card?.kind !== 'group_alert' || key === undefined || card.messageId !== null) return;
  await tx.card.update({ id: cardId }, { status: 'closed', outcome: '没有发到群里' });
  await tx.alert.update({ cardId, state: 'shown' }, { state: 'waiting', cardId: null, showAt: tx.now + AGAIN_MS });
  const group = await groupOf(tx, key);
  if (group.ok && group.chat.externalId !== card.addressId) return;
  if (group.ok) await tx.namedGroup.remove({ id: key });
  await askForGroup(tx, key, group.ok ? 'unreachable' : group.why, '停留太久的提醒');
}
