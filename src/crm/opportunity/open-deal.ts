/** Begins a deal where converted leads begin. */
import { startClock } from '../clock/keep-clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import { askStageTasks } from '../task/stage-tasks.ts';
import type { Tx } from '../tx.ts';

export async function openDeal(
  tx: Tx,
  deal: {
    readonly customerId: string;
    readonly name: string;
    readonly ownerId: string;
    readonly amountMinor?: number | null;
  },
): Promise<OpportunityRow> {
  const begun = await tx.opportunity.insert({
    ...deal,
    id: tx.newId(),
    stage: tx.active.policy.pipeline.convertedLeadStage,
    stageEnteredAt: tx.now,
    status: 'open',
    amountMinor: deal.amountMinor ?? null,
    currency: 'CNY',
    lostReason: null,
    createdAt: tx.now,
    closedAt: null,
    policyVersion: tx.active.version,
    version: 1,
  });
  await startClock(tx, 'deal', begun.id);
  await askStageTasks(tx, begun);
  return begun;
}

/** The first deal of a customer is called after them. */
export function dealName(customerName: string): string {
  return `${customerName}的商机`;
}
