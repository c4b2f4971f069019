/** Groups with outsiders, read from the platform's list: we know them by name before anybody writes there. */
import type { GroupFacts } from '../../channel/delivery.ts';
import { knownChat } from '../chat/known-chat.ts';
import type { Tx } from '../tx.ts';

/** Stores no words and asks nobody anything; a name the platform has changed changes here. */
export async function importGroups(tx: Tx, accountId: string, groups: readonly GroupFacts[]): Promise<void> {
  for (const { chatId, name, ownerId } of groups) {
    const owner = ownerId === null ? null : await tx.staffIdentity.find({ accountId, externalId: ownerId });
    await knownChat(
      tx,
      accountId,
      { kind: 'group', id: chatId },
      { name, external: true, ...(owner && { addedByStaffId: owner.staffId }) },
    );
  }
}
