/** Moves a deal to another stage, or ends it as won or lost, with the evidence of why; refuses when it has changed meanwhile or its gate is shut. */
import { closeMootCards } from '../card/close-moot-cards.ts';
import { noteInDigest } from '../card/digest.ts';
import { clockAfterMove } from '../clock/after-move.ts';
import type { ChangeCause, OpportunityRow, StageChangeRow } from '../rows/deals.ts';
import { settleStageTasks } from '../task/stage-tasks.ts';
import type { Tx } from '../tx.ts';
import type { GateResult } from './gate.ts';
import { gateOf } from './having.ts';
import { dropWish } from './keep-wish.ts';
import { LOST, WON } from './pipeline.ts';

export interface StageMove {
  readonly opportunity: OpportunityRow;
  /** A stage key of the policy, `won` or `lost`. */
  readonly toStage: string;
  readonly cause: Exclude<ChangeCause, 'undo'>;
  /** Who confirmed it; null when a signal moved it by itself. */
  readonly staffId: string | null;
  readonly evidence: StageEvidence | null;
  /** The lead this move converted. */
  readonly leadId?: string;
  readonly lostReason?: string;
  readonly accountId: string;
}

export interface StageEvidence {
  readonly messageId: string | null;
  readonly quote: string;
  readonly speakerName: string | null;
  /** Null for what a colleague gave as the reason themselves. */
  readonly ruleKey: string | null;
}

export type StageMoveResult =
  | { readonly ok: true; readonly change: StageChangeRow; readonly opportunity: OpportunityRow }
  | { readonly ok: false; readonly reason: 'changed_meanwhile' | 'not_open' }
  | { readonly ok: false; readonly reason: 'gate'; readonly gate: GateResult };

export async function advanceStage(tx: Tx, move: StageMove): Promise<StageMoveResult> {
  const { opportunity } = move;
  if (opportunity.status !== 'open') return { ok: false, reason: 'not_open' };
  const gate = await gateOf(tx, opportunity, move.toStage);
  if (!gate.passes) return { ok: false, reason: 'gate', gate };
  const patch = {
    ...placeOf(tx, move),
    policyVersion: tx.active.version,
    version: opportunity.version + 1,
  };
  const changed = await tx.opportunity.update(
    { id: opportunity.id, version: opportunity.version, status: 'open' },
    patch,
  );
  if (changed !== 1) return { ok: false, reason: 'changed_meanwhile' };

  const change = await tx.stageChange.insert({
    id: tx.newId(),
    opportunityId: opportunity.id,
    fromStage: opportunity.stage,
    toStage: move.toStage,
    fromEnteredAt: opportunity.stageEnteredAt,
    cause: move.cause,
    staffId: move.staffId,
    messageId: await messageOf(tx, move),
    quote: move.evidence?.quote ?? null,
    speakerName: move.evidence?.speakerName ?? null,
    ruleKey: move.evidence?.ruleKey ?? null,
    policyVersion: tx.active.version,
    opportunityVersion: patch.version,
    leadId: move.leadId ?? null,
    at: tx.now,
    undoableUntil: tx.active.calendar.endOfNextWorkingDay(tx.now),
    undoneAt: null,
  });
  const moved = { ...opportunity, ...patch };
  await dropWish(tx, opportunity.id);
  await clockAfterMove(tx, moved, move);
  await settleStageTasks(tx, opportunity, moved);
  await closeMootCards(tx, moved);
  // What one does oneself is no news.
  if (move.cause !== 'manual' || move.staffId !== moved.ownerId)
    await noteInDigest(tx, { staffId: moved.ownerId, accountId: move.accountId, changeId: change.id });
  return { ok: true, change, opportunity: moved };
}

function placeOf(tx: Tx, { toStage, lostReason }: StageMove): Partial<OpportunityRow> {
  if (toStage === LOST) return { status: 'lost', closedAt: tx.now, lostReason: lostReason ?? '未说明' };
  if (toStage === WON) return { status: 'won', closedAt: tx.now };
  return { stage: toStage, stageEnteredAt: tx.now };
}

/**
 * A message moves a deal once: that is the last line of defence against a doubled move. What a person confirms may
 * rest on a message that has moved the deal already; its words are evidence all the same.
 */
async function messageOf(tx: Tx, { cause, evidence, opportunity }: StageMove): Promise<string | null> {
  const messageId = evidence?.messageId ?? null;
  if (messageId === null || cause === 'signal') return messageId;
  return (await tx.stageChange.find({ opportunityId: opportunity.id, messageId })) ? null : messageId;
}
