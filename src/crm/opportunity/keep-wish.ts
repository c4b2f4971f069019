/** Where a deal is wanted to go while something is missing: kept with the deal, one at a time, and gone with any move of it. */
import { DAY_MS } from '../calendar/spans.ts';
import type { OpportunityRow, StageWishRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type Pipeline, stageIndex, WON } from './pipeline.ts';
import { refreshApprovals } from './refresh-approvals.ts';

/** The deal is held. A wish that is fresh and goes further stays. */
export async function keepWish(
  tx: Tx,
  deal: OpportunityRow,
  wish: Pick<StageWishRow, 'toStage' | 'staffId' | 'accountId' | 'evidence'>,
): Promise<void> {
  const known = await tx.stageWish.find({ opportunityId: deal.id });
  const row = { ...wish, opportunityVersion: deal.version, createdAt: tx.now, version: (known?.version ?? 0) + 1 };
  if (!known) await tx.stageWish.insertIfNew({ id: tx.newId(), opportunityId: deal.id, ...row });
  else if (wish.staffId !== null || !isFresh(tx, known, deal) || place(tx, wish) >= place(tx, known))
    await tx.stageWish.update({ id: known.id, version: known.version }, row);
  await refreshApprovals(tx, deal.id);
}

/** Every move of a deal, forward, back, closing or taking back, ends what was wanted of it before. */
export async function dropWish(tx: Tx, dealId: string): Promise<number> {
  const gone = await tx.stageWish.remove({ opportunityId: dealId });
  if (gone > 0) await refreshApprovals(tx, dealId);
  return gone;
}

/** The wish that still counts; null also where the deal has moved, or the stage is gone. */
export async function wishOf(tx: Tx, deal: OpportunityRow): Promise<StageWishRow | null> {
  const wish = await tx.stageWish.find({ opportunityId: deal.id });
  return wish && isFresh(tx, wish, deal) ? wish : null;
}

/** Ms. After it the deal does not move without being asked. */
export const wishEndsAt = (tx: Tx, { createdAt }: Pick<StageWishRow, 'createdAt'>): number =>
  createdAt + tx.active.policy.pipeline.wishDays * DAY_MS;

/** Not moved since, not long ago, and the words it rests on were not taken back. */
export function isFresh(tx: Tx, wish: StageWishRow, deal: OpportunityRow): boolean {
  return standsAsThen(tx, wish, deal) && tx.now < wishEndsAt(tx, wish) && wish.evidence?.quote !== '';
}

export function standsAsThen(tx: Tx, { toStage, opportunityVersion }: StageWishRow, deal: OpportunityRow): boolean {
  const known = toStage === WON || stageIndex(tx.active.policy.pipeline, toStage) >= 0;
  return known && deal.status === 'open' && deal.version === opportunityVersion;
}

const place = (tx: Tx, { toStage }: Pick<StageWishRow, 'toStage'>): number =>
  placeIn(tx.active.policy.pipeline, toStage);
const placeIn = (pipeline: Pipeline, key: string): number =>
  key === WON ? pipeline.stages.length : stageIndex(pipeline, key);
