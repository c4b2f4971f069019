/** A group that can only be written to hears no 绑定: where the settings call it as the policy does, that says which group is meant. */
import type { Outlet } from '../../channel/outlet.ts';
import { groupCalled } from '../ask/words/named-groups.ts';
import type { Tx } from '../tx.ts';
import { knownChat } from './known-chat.ts';

/** What stands in the place of a colleague who named the group. */
const BY_SETTINGS = 'settings';

/** Takes no other group's place. */
export async function nameOutlets(tx: Tx, accountId: string, outlets: readonly Outlet[]): Promise<void> {
  for (const { name, chatId } of outlets) {
    const key = groupCalled(name);
    if (key === null || (await tx.namedGroup.get(key))) continue;
    const chat = await knownChat(tx, accountId, { kind: 'group', id: chatId }, { name });
    await tx.namedGroup.insertIfNew({ id: key, chatId: chat.id, boundBy: BY_SETTINGS, boundAt: tx.now });
  }
}
