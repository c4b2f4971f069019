/** What agreeing leads to beyond the subject itself: a deal that waits for nothing else moves. */
import type { SubjectKind } from '../approval/shape.ts';
import type { Tx } from '../tx.ts';
import { AMOUNT } from './deal-values.ts';
import { havingKey, judgeGate } from './gate.ts';
import { havingOf } from './having.ts';
import { wishOf } from './keep-wish.ts';
import { stageName } from './pipeline.ts';

/** The name of the stage that the subject's deal enters as soon as it is agreed to; null where it stays. */
export async function stageAfterApproval(tx: Tx, kind: SubjectKind, subjectId: string): Promise<string | null> {
  const quote = kind === 'quote' ? await tx.quote.get(subjectId) : null;
  const deal = quote && (await tx.opportunity.get(quote.opportunityId));
  const wish = deal && (await wishOf(tx, deal));
  if (!wish) return null;
  // An approved quote says what the deal is worth, too.
  const then = new Set([...(await havingOf(tx, deal)), havingKey('approved', kind), havingKey('field', AMOUNT)]);
  const { passes } = judgeGate(tx.active.policy, deal.stage, wish.toStage, then);
  return passes ? stageName(tx.active.policy.pipeline, wish.toStage) : null;
}
