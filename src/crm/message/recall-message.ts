/** Somebody took their words back: our copies of them go; what they moved stays, with the evidence that was quoted then. */
import type { RecallEvent } from '../../channel/event.ts';
import { refreshCard } from '../card/send-card.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';

const TAKEN_BACK = '（消息已撤回）';

export async function recallMessage(tx: Tx, accountId: string, event: RecallEvent): Promise<void> {
  const message = await tx.message.find({ accountId, externalId: event.messageId });
  if (!message) return;
  await tx.message.update({ id: message.id }, { text: '' });
  for (const decision of await tx.signalDecision.list({ messageId: message.id })) {
    await tx.signalDecision.update({ id: decision.id }, { quote: '', phrase: '' });
    const { opportunityId, leadId, chatId } = decision;
    for (const subject of [`opportunity:${opportunityId}`, `lead:${leadId}`, `which:${chatId}`])
      for (const card of await tx.card.list({ subject })) await takeBack(tx, card, message.id);
  }
}

/** Cards quote what they ask about; the question stays, for the person may have acted on the words already. */
async function takeBack(tx: Tx, { id }: CardRow, messageId: string): Promise<void> {
  const card = await tx.card.hold(id);
  if (!card?.data.pending?.some((finding) => finding.messageId === messageId)) return;
  const pending = card.data.pending.map((finding) =>
    finding.messageId === messageId ? { ...finding, quote: TAKEN_BACK, phrase: '' } : finding,
  );
  await tx.card.update({ id }, { data: { ...card.data, pending } });
  await refreshCard(tx, card);
}
