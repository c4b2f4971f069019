/** A deal was moved, ended, or put back: its clock follows, and open alert cards say what became of it. */
import { LOST, stageName, WON } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { startClock, stopClock } from './keep-clock.ts';
import { limitOf } from './reckon.ts';

/** `deal` as it stands now; `toStage` as it was moved to, won and lost too; `staffId`: null when words moved it by themselves. */
export async function clockAfterMove(
  tx: Tx,
  deal: Pick<OpportunityRow, 'id'>,
  { toStage, staffId }: { readonly toStage: string; readonly staffId: string | null },
): Promise<void> {
  const name = staffId === null ? '' : ((await tx.staff.get(staffId))?.name ?? '');
  if (toStage === WON || toStage === LOST)
    return stopClock(tx, deal.id, `${name}已记为${toStage === WON ? '赢单' : '输单'}`);
  const words = `已推进到「${stageName(tx.active.policy.pipeline, toStage)}」`;
  await startClock(tx, 'deal', deal.id, { outcome: name === '' ? words : `${name}${words}` });
}

/** A move was taken back: the deal stands where it stood, and its clock counts from what happened last. */
export async function clockAfterUndo(tx: Tx, deal: OpportunityRow): Promise<void> {
  if (deal.status !== 'open') return stopClock(tx, deal.id, '已撤销推进');
  const resets = limitOf(tx.active.policy, deal.stage)?.resets ?? [];
  const since = (await tx.queries.lastTouch({ customerId: deal.customerId }, resets)) ?? 0;
  await startClock(tx, 'deal', deal.id, { outcome: '已撤销推进', since });
}
