/** Somebody took their words back: our copies of them go; what they moved stays, with the evidence that was quoted then. */
import type { RecallEvent } from '../../channel/event.ts';
import { DAY_MS } from '../calendar/spans.ts';
import { refreshCard } from '../card/send-card.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';

const TAKEN_BACK = '（消息已撤回）';

export async function recallMessage(tx: Tx, accountId: string, event: RecallEvent): Promise<void> {
  const message = await tx.message.find({ accountId, externalId: event.messageId });
  if (!message) return takePlace(tx, accountId, event);
  await tx.message.update({ id: message.id }, { text: '' });
  for (const decision of await tx.signalDecision.list({ messageId: message.id })) {
    await tx.signalDecision.update({ id: decision.id }, { quote: '', phrase: '' });
    const { opportunityId, leadId, chatId } = decision;
    if (opportunityId !== null) await takeBackWish(tx, opportunityId, message.id);
    for (const subject of [`opportunity:${opportunityId}`, `lead:${leadId}`, `which:${chatId}`])
      for (const card of await tx.card.list({ subject })) await takeBack(tx, card, message.id);
  }
}

/** It may be on its way still: a row of its id without words is there before it, so that it is neither kept nor acted on. */
async function takePlace(tx: Tx, accountId: string, event: RecallEvent): Promise<void> {
  await tx.message.insertIfNew({
    id: tx.newId(),
    accountId,
    externalId: event.messageId,
    chatId: '',
    speaker: 'customer',
    speakerName: null,
    staffId: null,
    contactIdentityId: null,
    text: '',
    sentAt: event.at,
    expiresAt: tx.now + tx.active.policy.privacy.messageDays * DAY_MS,
  });
}

/** A deal does not move by words that were taken back; whoever owns it is asked. */
async function takeBackWish(tx: Tx, opportunityId: string, messageId: string): Promise<void> {
  const wish = await tx.stageWish.find({ opportunityId });
  if (wish?.evidence?.messageId !== messageId) return;
  await tx.stageWish.update({ id: wish.id }, { evidence: { ...wish.evidence, quote: '' }, version: wish.version + 1 });
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
