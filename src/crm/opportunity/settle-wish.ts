/** Something came that a stage wanted: a deal that only waited for it moves, as the words or the colleague wanted; later than that, its owner is asked. */
import { openCard } from '../card/open-card.ts';
import { refreshCard } from '../card/send-card.ts';
import type { OpportunityRow, StageWishRow, WishEvidence } from '../rows/deals.ts';
import type { PendingFinding } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { advanceStage } from './advance-stage.ts';
import { judgeGate } from './gate.ts';
import { havingOf } from './having.ts';
import { isFresh, standsAsThen } from './keep-wish.ts';
import { stageName } from './pipeline.ts';

/** Whoever brings what may have been missing calls it at the end of the same transaction. True when the deal moved. */
export async function settleWish(tx: Tx, dealId: string): Promise<boolean> {
  // Most deals wait for nothing.
  if (!(await tx.stageWish.find({ opportunityId: dealId }))) return false;
  const deal = await tx.opportunity.hold(dealId);
  const wish = deal && (await tx.stageWish.find({ opportunityId: dealId }));
  if (!deal || !wish) return false;
  const stands = standsAsThen(tx, wish, deal);
  if (stands && !judgeGate(tx.active.policy, deal.stage, wish.toStage, await havingOf(tx, deal)).passes) return false;
  if ((await tx.stageWish.remove({ id: wish.id, version: wish.version })) !== 1 || !stands) return false;
  if (isFresh(tx, wish, deal)) return carryOut(tx, deal, wish);
  await askAgain(tx, deal, wish);
  return false;
}

async function carryOut(tx: Tx, deal: OpportunityRow, wish: StageWishRow): Promise<boolean> {
  const { toStage, staffId, accountId, evidence } = wish;
  const moved = await advanceStage(tx, {
    ...{ opportunity: deal, toStage, staffId, accountId },
    cause: staffId === null ? 'signal' : 'confirmed',
    evidence: evidence && { ...evidence, messageId: await freeMessage(tx, deal.id, evidence) },
  });
  if (!moved.ok) return false;
  const { ruleKey = null, messageId = null } = evidence ?? {};
  if (ruleKey !== null && messageId !== null) {
    // The rule's record: words that moved a deal can be found wrong by taking the move back.
    const label = staffId === null ? { outcome: 'advanced' as const, at: tx.now } : { label: 'confirmed' as const };
    await tx.signalDecision.update({ ruleKey, messageId, signal: toStage, opportunityId: deal.id }, label);
  }
  return true;
}

/** A message moves a deal once; where it has, as far as it could, its words are evidence all the same. */
async function freeMessage(tx: Tx, opportunityId: string, { messageId }: WishEvidence): Promise<string | null> {
  if (messageId === null) return null;
  return (await tx.stageChange.find({ opportunityId, messageId })) ? null : messageId;
}

async function askAgain(tx: Tx, deal: OpportunityRow, { toStage, accountId, evidence }: StageWishRow): Promise<void> {
  const subject = `opportunity:${deal.id}`;
  const open = await tx.card.list({ subject, status: 'open', kind: 'ask' });
  // Nobody looks at a question of last week again: a new one takes its place.
  for (const card of open.filter(({ data }) => data.toStage === toStage)) {
    const outcome = '要的已经齐了，请看新的卡片';
    await tx.card.update({ id: card.id, status: 'open' }, { status: 'closed', outcome });
    await refreshCard(tx, { ...card, status: 'closed', outcome });
  }
  await openCard(tx, {
    kind: 'ask',
    staffId: deal.ownerId,
    accountId,
    subject,
    data: {
      opportunityId: deal.id,
      toStage,
      why: `进入「${stageName(tx.active.policy.pipeline, toStage)}」要的已经齐了。隔了些日子，请你确认`,
      pending: evidence === null ? [] : [pendingOf(toStage, evidence)],
    },
    actions: [{ kind: 'advance' }, { kind: 'ignore' }, { kind: 'change_stage' }],
  });
}

const pendingOf = (signal: string, { ruleKey, ...evidence }: WishEvidence): PendingFinding => ({
  ...{ signal, verdict: 'advance', phrase: '', ruleKey: ruleKey ?? '' },
  ...evidence,
});
