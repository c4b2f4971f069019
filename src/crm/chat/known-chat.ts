/** Finds the row of a platform chat or makes one; a chat row alone stores no words. */
import type { ChatRef } from '../../channel/event.ts';
import { fitName } from '../names.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';

export interface ChatFacts {
  readonly name?: string | null;
  readonly external?: boolean;
  readonly addedByStaffId?: string;
}

export async function knownChat(tx: Tx, accountId: string, ref: ChatRef, facts: ChatFacts = {}): Promise<ChatRow> {
  const found = await tx.chat.find({ accountId, externalId: ref.id });
  const patch: Partial<ChatRow> = {};
  const name = facts.name ? fitName(facts.name) : null;
  // Almost every message tells what is known: its chat is not written anew for that.
  if (name && found?.name !== name) patch.name = name;
  if (facts.external && !found?.external) patch.external = true;
  if (facts.addedByStaffId && !found?.addedByStaffId) patch.addedByStaffId = facts.addedByStaffId;
  if (found) {
    if (Object.keys(patch).length > 0) await tx.chat.update({ id: found.id }, patch);
    return { ...found, ...patch };
  }
  const chat = await tx.chat.insert({
    id: tx.newId(),
    accountId,
    externalId: ref.id,
    kind: ref.kind,
    name: null,
    external: false,
    addedByStaffId: null,
    customerId: null,
    leadId: null,
    opportunityId: null,
    ignored: false,
    createdAt: tx.now,
    ...patch,
  });
  if (ref.kind === 'group' && !facts.name) {
    await tx.enqueue({
      accountId,
      dedupeKey: `chat:${ref.id}`,
      orderKey: `lookup:${accountId}:${ref.id}`,
      order: { kind: 'chat.lookup', chatExternalId: ref.id },
    });
  }
  return chat;
}
