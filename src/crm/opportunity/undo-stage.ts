/** Takes a move back: the deal stands where it stood, its clock as it was, and a lead that was converted is a lead again. */
import { closeMootCards } from '../card/close-moot-cards.ts';
import { refreshDigest } from '../card/digest.ts';
import { refreshCard, shownAs } from '../card/send-card.ts';
import { clockAfterUndo } from '../clock/after-move.ts';
import { startClock } from '../clock/keep-clock.ts';
import { offerLead } from '../lead/open-lead.ts';
import type { LeadRow, OpportunityRow, StageChangeRow } from '../rows/deals.ts';
import { settleStageTasks } from '../task/stage-tasks.ts';
import type { Tx } from '../tx.ts';
import type { GateResult } from './gate.ts';
import { gateOf } from './having.ts';
import { dropWish } from './keep-wish.ts';
import { LOST } from './pipeline.ts';

export type UndoResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown' | 'already_undone' | 'moved_on' | 'too_late' }
  /** Taking a move back that went back would go through a gate that is shut by now. */
  | { readonly ok: false; readonly reason: 'gate'; readonly gate: GateResult };

export async function undoStage(tx: Tx, input: { changeId: string; staffId: string }): Promise<UndoResult> {
  const change = await tx.stageChange.get(input.changeId);
  const opportunity = change && (await tx.opportunity.hold(change.opportunityId));
  if (!change || !opportunity) return { ok: false, reason: 'unknown' };
  if (change.undoneAt !== null) return { ok: false, reason: 'already_undone' };
  if (opportunity.version !== change.opportunityVersion) return { ok: false, reason: 'moved_on' };
  if (change.undoableUntil === null || tx.now > change.undoableUntil) return { ok: false, reason: 'too_late' };

  const gate = await gateOf(tx, opportunity, change.fromStage);
  if (!gate.passes) return { ok: false, reason: 'gate', gate };

  const version = opportunity.version + 1;
  const lead = change.leadId === null ? null : await leadToGiveBack(tx, change.leadId, opportunity);
  const changed = await tx.opportunity.update(
    { id: opportunity.id, version: opportunity.version },
    {
      stage: change.fromStage,
      stageEnteredAt: change.fromEnteredAt,
      status: lead ? 'withdrawn' : 'open',
      closedAt: lead ? tx.now : null,
      lostReason: null,
      version,
    },
  );
  if (changed !== 1) return { ok: false, reason: 'moved_on' };
  await dropWish(tx, opportunity.id);
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
  if (lead) await giveBack(tx, lead, opportunity.customerId);
  else
    await tx.chat.update(
      { opportunityId: opportunity.id, customerId: opportunity.customerId },
      { opportunityId: null },
    );
  const after: OpportunityRow = {
    ...opportunity,
    stage: change.fromStage,
    stageEnteredAt: change.fromEnteredAt,
    status: lead ? 'withdrawn' : 'open',
    version,
  };
  await clockAfterUndo(tx, after);
  await settleStageTasks(tx, opportunity, after);
  await closeMootCards(tx, after);
  await refreshDigest(tx, change.id);
  return { ok: true };
}

/** An automatic move that a person takes back is the rule's mistake; taking back one's own confirmation is not. */
async function labelDecision(tx: Tx, change: StageChangeRow): Promise<void> {
  if (change.cause !== 'signal' || change.ruleKey === null || change.toStage === LOST) return;
  await tx.signalDecision.update(
    { opportunityId: change.opportunityId, ruleKey: change.ruleKey, at: change.at, outcome: 'advanced' },
    { label: 'undone' },
  );
}

/** The lead that a move converted, unless the customer it became has more by now than this deal and the lead's own people. */
async function leadToGiveBack(tx: Tx, leadId: string, { id, customerId }: OpportunityRow): Promise<LeadRow | null> {
  const deals = await tx.opportunity.list({ customerId });
  const contacts = await tx.contact.list({ customerId });
  const people = new Set((await tx.contactIdentity.list({ leadId })).map(({ contactId }) => contactId));
  if (deals.some((deal) => deal.id !== id) || contacts.some((contact) => !people.has(contact.id))) return null;
  return tx.lead.hold(leadId);
}

async function giveBack(tx: Tx, lead: LeadRow, customerId: string): Promise<void> {
  await tx.lead.update({ id: lead.id }, { status: 'open', opportunityId: null, version: lead.version + 1 });
  await tx.customer.update({ id: customerId }, { withdrawnAt: tx.now });
  await tx.chat.update({ customerId }, { customerId: null, opportunityId: null, leadId: lead.id });
  await tx.contactIdentity.update({ leadId: lead.id }, { contactId: null });
  await startClock(tx, 'lead', lead.id, { since: tx.now });
  await offerAgain(tx, lead);
}

/** The lead's card comes back to life where it is out and can change; otherwise a new one asks again. */
async function offerAgain(tx: Tx, lead: LeadRow): Promise<void> {
  const [card] = await tx.card.list({ subject: `lead:${lead.id}`, kind: 'lead' }, { descending: true, limit: 1 });
  if (!card) return;
  const shown = await shownAs(tx, card);
  if (shown.messageId === null || tx.cardsOf(shown.accountId).updates === 'once')
    return offerLead(tx, lead, card.accountId);
  await tx.card.update({ id: card.id }, { status: 'open', outcome: null });
  await refreshCard(tx, card);
}
