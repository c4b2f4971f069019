/** A chat that we know got another name. */
import type { ChatRenamedEvent } from '../../channel/event.ts';
import { fitName } from '../names.ts';
import type { Tx } from '../tx.ts';

/** WeCom writes what it tells of a moment after telling (wecom.md): asked at once, it may still say the old name. */
const SETTLED_AFTER_MS = 3_000;

export async function renameChat(tx: Tx, accountId: string, event: ChatRenamedEvent): Promise<void> {
  const chat = await tx.chat.find({ accountId, externalId: event.chat.id });
  if (!chat) return;
  if (event.name !== null) {
    await tx.chat.update({ id: chat.id }, { name: fitName(event.name) });
    return;
  }
  await tx.enqueue({
    accountId,
    dedupeKey: `chat:${event.eventId}`,
    orderKey: `lookup:${accountId}:${event.chat.id}`,
    order: { kind: 'chat.lookup', chatExternalId: event.chat.id },
    notBefore: tx.now + SETTLED_AFTER_MS,
  });
}
