/** Somebody took their words back: our copy of them goes; what they moved stays, with the evidence that was quoted then. */
import type { RecallEvent } from '../../channel/event.ts';
import type { Tx } from '../tx.ts';

export async function recallMessage(tx: Tx, accountId: string, event: RecallEvent): Promise<void> {
  await tx.message.update({ accountId, externalId: event.messageId }, { text: '' });
}
