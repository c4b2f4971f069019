/** What a colleague does with a deal on a page: see it, begin one, move it with a reason, take a move back. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { customerToChange, refuseToChange } from '../access/to-change.ts';
import { noteReading } from '../customer/open-customer.ts';
import type { OpportunityRow, StageChangeRow } from '../rows/deals.ts';
import { advanceStage } from './advance-stage.ts';
import { openDeal } from './open-deal.ts';
import { LOST, stageIndex, WON } from './pipeline.ts';
import { undoStage } from './undo-stage.ts';

export interface DealPicture {
  readonly deal: OpportunityRow;
  readonly customerName: string;
  /** Newest first. */
  readonly changes: readonly StageChangeRow[];
  /** Names of the colleagues in it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

const MOST_CHANGES = 50;

export async function openDealPage(desk: Desk, id: string): Promise<Done<DealPicture>> {
  const { tx, see } = desk;
  const deal = await see.deal(id);
  const customer = deal && (await tx.customer.get(deal.customerId));
  if (!deal || !customer) return refused('not_found');
  if (deal.ownerId !== desk.me.id) noteReading(desk, customer, 'deal.read');
  const changes = await see.moves(id, MOST_CHANGES);
  const people = changes.flatMap(({ staffId }) => (staffId === null ? [] : [staffId]));
  const names = await tx.queries.staffNames([deal.ownerId, ...people]);
  return done({ deal, customerName: customer.name, changes, names });
}

/** The customer's owner owns it, whoever begins it. */
export async function beginDeal(
  desk: Desk,
  wantedId: string,
  wanted: { readonly name: string; readonly amountMinor?: number | undefined },
): Promise<Done<{ readonly deal: OpportunityRow; readonly ownerName: string }>> {
  const { tx } = desk;
  const found = await customerToChange(desk, wantedId);
  if (!found.ok) return found;
  const customer = found.value;
  const customerId = customer.id;
  const { name, amountMinor = null } = wanted;
  const deal = await openDeal(tx, { customerId, name, ownerId: customer.ownerId, amountMinor });
  desk.notes.push({ action: 'deal.create', entity: 'opportunity', entityId: deal.id, detail: { customerId } });
  const owner = await tx.staff.get(deal.ownerId);
  return done({ deal, ownerName: owner?.name ?? '' });
}

export interface WantedMove {
  /** A stage of the policy, `won` or `lost`. */
  readonly toStage: string;
  readonly reason?: string | undefined;
  readonly lostReason?: string | undefined;
  /** The deal as the colleague saw it. */
  readonly expectedVersion: number;
}

export async function moveDeal(desk: Desk, id: string, wanted: WantedMove): Promise<Done<DealPicture>> {
  const { tx, me } = desk;
  const { toStage, reason, lostReason } = wanted;
  const known = (await desk.see.deal(id)) && (await tx.opportunity.hold(id));
  if (!known) return refused('not_found');
  const forbidden = await refuseToChange(desk, known);
  if (forbidden) return forbidden;
  const ends = toStage === LOST || toStage === WON;
  if (!ends && stageIndex(tx.active.policy.pipeline, toStage) < 0) return refused('unknown_stage');
  if (toStage === LOST && lostReason === undefined) return refused('reason_missing');
  if (known.version !== wanted.expectedVersion) return refused('changed_meanwhile');
  if (known.stage === toStage) return refused('same_stage');
  const moved = await advanceStage(tx, {
    opportunity: known,
    toStage,
    cause: 'manual',
    staffId: me.id,
    evidence: reason === undefined ? null : { messageId: null, quote: reason, speakerName: me.name, ruleKey: null },
    accountId: desk.accountId,
    ...(lostReason === undefined ? {} : { lostReason }),
  });
  if (!moved.ok) return refused(moved.reason);
  const detail = { from: known.stage, to: toStage, changeId: moved.change.id };
  desk.notes.push({ action: 'deal.move', entity: 'opportunity', entityId: id, detail });
  return openDealPage(desk, id);
}

const CANNOT_UNDO = {
  unknown: '找不到这次推进。',
  already_undone: '已经撤销过了。',
  moved_on: '商机后来又有变化，不能再撤销这一步。',
  too_late: '已过撤销时间（到下一个工作日下班为止），请直接改阶段。',
} as const;

export async function undoMoveOf(desk: Desk, id: string, changeId: string): Promise<Done<DealPicture>> {
  const { tx, me } = desk;
  const deal = await desk.see.deal(id);
  const change = deal && (await tx.stageChange.get(changeId));
  if (!change || change.opportunityId !== id) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  const undone = await undoStage(tx, { changeId, staffId: me.id });
  if (!undone.ok) return refused('cannot_undo', CANNOT_UNDO[undone.reason]);
  desk.notes.push({ action: 'deal.undo', entity: 'opportunity', entityId: id, detail: { changeId } });
  return (await desk.see.deal(id)) ? openDealPage(desk, id) : withdrawn(desk, deal);
}

/** The move had made a deal of a lead: it is a lead again, and the deal is nobody's page any more. */
async function withdrawn({ tx }: Desk, before: OpportunityRow): Promise<Done<DealPicture>> {
  const deal = await tx.opportunity.get(before.id);
  const customer = await tx.customer.get(before.customerId);
  if (!deal || !customer) return refused('not_found');
  const names = await tx.queries.staffNames([deal.ownerId]);
  return done({ deal, customerName: customer.name, changes: [], names });
}
