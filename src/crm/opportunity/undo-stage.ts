/** Takes a move back: the deal stands where it stood, its clock as it was, and a lead that was converted is a lead again. */
import { closeMootCards } from '../card/close-moot-cards.ts';
import { refreshDigest } from '../card/digest.ts';
import { refreshCard } from '../card/send-card.ts';
import type { StageChangeRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { LOST } from './pipeline.ts';

export type UndoResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown' | 'already_undone' | 'moved_on' | 'too_late' };

export async function undoStage(tx: Tx, input: { changeId: string; staffId: string }): Promise<UndoResult> {
  const change = await tx.stageChange.get(input.changeId);
  const opportunity = change && (await tx.opportunity.hold(change.opportunityId));
  if (!change || !opportunity) return { ok: false, reason: 'unknown' };
  if (change.undoneAt !== null) return { ok: false, reason: 'already_undone' };
  if (opportunity.version !== change.opportunityVersion) return { ok: false, reason: 'moved_on' };
  if (change.undoableUntil === null || tx.now > change.undoableUntil) return { ok: false, reason: 'too_late' };

  const version = opportunity.version + 1;
  const wasConverted = change.leadId !== null;
  const changed = await tx.opportunity.update(
    { id: opportunity.id, version: opportunity.version },
    {
      stage: change.fromStage,
      stageEnteredAt: change.fromEnteredAt,
      status: wasConverted ? 'withdrawn' : 'open',
      closedAt: wasConverted ? tx.now : null,
      lostReason: null,
      version,
    },
  );
  if (changed !== 1) return { ok: false, reason: 'moved_on' };
  await tx.stageChange.update({ id: change.id }, { undoneAt: tx.now });
  await tx.stageChange.insert({
    ...change,
    id: tx.newId(),
    fromStage: change.toStage,
    toStage: change.fromStage,
    fromEnteredAt: change.at,
    cause: 'undo',
    staffId: input.staffId,
    messageId: null,
    quote: null,
    speakerName: null,
    ruleKey: null,
    policyVersion: tx.active.version,
    opportunityVersion: version,
    leadId: null,
    at: tx.now,
    undoableUntil: null,
    undoneAt: null,
  });
  await labelDecision(tx, change);
  if (change.leadId !== null) await giveBackLead(tx, change.leadId, opportunity.customerId);
  else
    await tx.chat.update(
      { opportunityId: opportunity.id, customerId: opportunity.customerId },
      { opportunityId: null },
    );
  await closeMootCards(tx, {
    ...opportunity,
    stage: change.fromStage,
    status: wasConverted ? 'withdrawn' : 'open',
    version,
  });
  await refreshDigest(tx, change.id);
  return { ok: true };
}

/** An automatic move that a person takes back is the rule's mistake; taking back one's own confirmation is not. */
async function labelDecision(tx: Tx, change: StageChangeRow): Promise<void> {
  if (change.cause !== 'signal' || change.ruleKey === null || change.toStage === LOST) return;
  await tx.signalDecision.update(
    { opportunityId: change.opportunityId, ruleKey: change.ruleKey, messageId: change.messageId, outcome: 'advanced' },
    { label: 'undone' },
  );
}

async function giveBackLead(tx: Tx, leadId: string, customerId: string): Promise<void> {
  const lead = await tx.lead.get(leadId);
  if (!lead) return;
  await tx.lead.update({ id: leadId }, { status: 'open', opportunityId: null, version: lead.version + 1 });
  await tx.customer.update({ id: customerId }, { withdrawnAt: tx.now });
  await tx.chat.update({ customerId }, { customerId: null, opportunityId: null, leadId });
  await tx.contactIdentity.update({ leadId }, { contactId: null });
  const card = await tx.card.find({ subject: `lead:${leadId}`, kind: 'lead' });
  if (!card) return;
  await tx.card.update({ id: card.id }, { status: 'open', outcome: null });
  await refreshCard(tx, card);
}
