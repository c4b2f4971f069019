/** What a colleague does with a deal on a page: begin one, move it with a reason, take a move back. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { customerToChange, refuseToChange } from '../access/to-change.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { advanceStage } from './advance-stage.ts';
import type { GivenFields } from './change-deal.ts';
import { type DealPicture, openDealPage, picture } from './deal-picture.ts';
import { readChanges, writeChanges } from './deal-values.ts';
import { blocking, type GateResult, judgeGate, reasonNames } from './gate.ts';
import { havingAfter, havingOf } from './having.ts';
import { dropWish, keepWish } from './keep-wish.ts';
import { openDeal } from './open-deal.ts';
import { LOST, stageIndex, stageName, WON } from './pipeline.ts';
import { undoStage } from './undo-stage.ts';

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
  /** Filled in on the way: what the stage wants. */
  readonly fields?: GivenFields | undefined;
  /** Where something else is missing: what was filled in is kept, and the deal goes there as soon as nothing is. */
  readonly whenReady?: boolean | undefined;
  /** The deal as the colleague saw it. */
  readonly expectedVersion: number;
}

export type Moved = Done<DealPicture> | Refused<GateResult>;

/** With `fields_missing` comes the gate that is shut; then nothing of what was filled in is kept either. */
export async function moveDeal(desk: Desk, id: string, wanted: WantedMove): Promise<Moved> {
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
  if (known.status !== 'open') return refused('not_open');
  if (known.stage === toStage) return refused('same_stage');
  const read = readChanges(tx, wanted.fields ?? {});
  if (!read.ok) return refused('bad_request', read.sentence);
  const has = havingAfter(await havingOf(tx, known), read.changes);
  const gate = judgeGate(tx.active.policy, known.stage, toStage, has);
  const why = reason ?? lostReason;
  const evidence = why === undefined ? null : { messageId: null, quote: why, speakerName: me.name, ruleKey: null };
  const fields = [...read.changes.keys()].map(({ key }) => key);
  if (!gate.passes) {
    if (!wanted.whenReady) return shut(tx, toStage, gate);
    const deal = await writeChanges(tx, known, read.changes, me.id);
    await keepWish(tx, deal, { toStage, staffId: me.id, accountId: desk.accountId, evidence });
    await refreshQuestions(tx, id);
    const detail = { toStage, ...(fields.length > 0 && { fields }) };
    desk.notes.push({ action: 'deal.wish', entity: 'opportunity', entityId: id, detail });
    return openDealPage(desk, id);
  }
  const moved = await advanceStage(tx, {
    opportunity: await writeChanges(tx, known, read.changes, me.id),
    toStage,
    cause: 'manual',
    staffId: me.id,
    evidence,
    accountId: desk.accountId,
    ...(lostReason === undefined ? {} : { lostReason }),
  });
  if (!moved.ok) return refused(moved.reason);
  const detail = { from: known.stage, to: toStage, changeId: moved.change.id, ...(fields.length > 0 && { fields }) };
  if (fields.length > 0) await refreshQuestions(tx, id);
  desk.notes.push({ action: 'deal.move', entity: 'opportunity', entityId: id, detail });
  return openDealPage(desk, id);
}

function shut(tx: Tx, toStage: string, gate: GateResult): Refused<GateResult> {
  const detail = `进入「${stageName(tx.active.policy.pipeline, toStage)}」还缺：${reasonNames(blocking(gate))}。补齐再改。`;
  return { ok: false, reason: 'fields_missing', detail, more: gate };
}

/** What a deal was waiting for is no longer wanted. */
export async function cancelWish(desk: Desk, id: string): Promise<Done<DealPicture>> {
  const { tx } = desk;
  const deal = (await desk.see.deal(id)) && (await tx.opportunity.hold(id));
  if (!deal) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  if ((await dropWish(tx, id)) > 0) {
    await refreshQuestions(tx, id);
    desk.notes.push({ action: 'deal.wish_cancel', entity: 'opportunity', entityId: id, detail: {} });
  }
  return openDealPage(desk, id);
}

const CANNOT_UNDO = {
  unknown: '找不到这次推进。',
  already_undone: '已经撤销过了。',
  moved_on: '商机后来又有变化，不能再撤销这一步。',
  too_late: '已过撤销时间（到下一个工作日下班为止），请直接改阶段。',
} as const;

export async function undoMoveOf(desk: Desk, id: string, changeId: string): Promise<Moved> {
  const { tx, me } = desk;
  const deal = await desk.see.deal(id);
  const change = deal && (await tx.stageChange.get(changeId));
  if (!change || change.opportunityId !== id) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  const undone = await undoStage(tx, { changeId, staffId: me.id });
  if (!undone.ok && undone.reason === 'gate') return shut(tx, change.fromStage, undone.gate);
  if (!undone.ok) return refused('cannot_undo', CANNOT_UNDO[undone.reason]);
  desk.notes.push({ action: 'deal.undo', entity: 'opportunity', entityId: id, detail: { changeId } });
  return (await desk.see.deal(id)) ? openDealPage(desk, id) : withdrawn(desk, deal);
}

/** The move had made a deal of a lead: it is a lead again, and the deal is nobody's page any more. */
async function withdrawn(desk: Desk, before: OpportunityRow): Promise<Done<DealPicture>> {
  const { tx } = desk;
  const deal = await tx.opportunity.get(before.id);
  const customer = await tx.customer.get(before.customerId);
  if (!deal || !customer) return refused('not_found');
  return done(await picture(desk, deal, customer.name, []));
}
