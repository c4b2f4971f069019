/** Deals, their moves and their pages as the contract shows them. */
import type { DealFacts } from '../../../crm/opportunity/deal-facts.ts';
import type { DealPicture } from '../../../crm/opportunity/deal-picture.ts';
import type { DealValues } from '../../../crm/opportunity/deal-values.ts';
import type { GateReason } from '../../../crm/opportunity/gate.ts';
import { wishEndsAt } from '../../../crm/opportunity/keep-wish.ts';
import { stageName } from '../../../crm/opportunity/pipeline.ts';
import type { OpportunityRow, StageChangeRow, StageWishRow } from '../../../crm/rows/deals.ts';
import type { Tx } from '../../../crm/tx.ts';
import { dealFields } from '../../../policy/schema/pipeline.ts';
import type { MissingThingView, StageView } from '../../contract/common.ts';
import type { DealFieldView, DealPageView, DealView, StageChangeView } from '../../contract/deal.ts';
import { type Names, personView } from './names.ts';
import { taskView } from './task-view.ts';

const stageView = (tx: Tx, key: string): StageView => ({ key, name: stageName(tx.active.policy.pipeline, key) });

export const missingView = ({ kind, key, name, stage, block }: GateReason): MissingThingView => ({
  ...{ kind, key, name, stage, block },
});

/** Without `facts` the deal has nothing filled in and nothing to do. */
export function dealView(tx: Tx, names: Names, deal: OpportunityRow, facts?: DealFacts): DealView {
  const { id, customerId, name, status, amountMinor, currency, lostReason, createdAt, closedAt, version } = deal;
  const next = facts?.nextTask ?? null;
  const close = facts?.values.get('expected_close');
  return {
    ...{ id, customerId, name, status, amountMinor, currency, lostReason, createdAt, closedAt, version },
    owner: personView(names, deal.ownerId),
    stage: stageView(tx, deal.stage),
    since: deal.stageEnteredAt,
    expectedClose: typeof close === 'string' ? close : null,
    missing: (facts?.missing ?? []).map(missingView),
    standing: facts?.standing ?? null,
    nextTask: next && { id: next.id, title: next.title, dueAt: next.dueAt },
  };
}

export function changeView(tx: Tx, names: Names, deal: OpportunityRow, change: StageChangeRow): StageChangeView {
  const { id, cause, quote, speakerName, messageId, policyVersion, ruleKey, at } = change;
  return {
    ...{ id, cause, quote, speakerName, messageId, policyVersion, at },
    dealId: deal.id,
    dealName: deal.name,
    from: stageView(tx, change.fromStage),
    to: stageView(tx, change.toStage),
    by: change.staffId === null ? null : personView(names, change.staffId).name,
    ruleLabel: tx.active.policy.signals.rules.find(({ key }) => key === ruleKey)?.label ?? ruleKey,
    stayedMs: Math.max(0, at - change.fromEnteredAt),
    undone: change.undoneAt !== null,
    undoable:
      change.undoneAt === null &&
      change.opportunityVersion === deal.version &&
      change.undoableUntil !== null &&
      tx.now <= change.undoableUntil,
  };
}

export function dealPageView(tx: Tx, picture: DealPicture): DealPageView {
  const { deal, customerName, changes, names, facts } = picture;
  const task = { customerName, dealName: deal.name };
  return {
    deal: dealView(tx, names, deal, facts),
    customer: { id: deal.customerId, name: customerName },
    changes: changes.map((change) => changeView(tx, names, deal, change)),
    fields: fieldViews(tx, facts.values),
    gates: picture.gates.map(({ toStage, missing }) => ({ toStage, missing: missing.map(missingView) })),
    obstacles: picture.obstacles.map(({ subject, text, link, draft }) => ({
      ...{ key: subject, text, link },
      draft: draft && { id: draft.id, version: draft.version },
    })),
    wish: picture.wish && wishView(tx, names, picture.wish),
    dwell: dwellOf(changes),
    tasks: picture.tasks.map((row) =>
      taskView({
        ...task,
        task: row,
        ownerName: personView(names, row.ownerId).name,
        remind: picture.ringing.has(row.id),
      }),
    ),
    team: picture.team.map((id) => personView(names, id)),
    work: picture.work,
  };
}

function wishView(tx: Tx, names: Names, wish: StageWishRow): DealPageView['wish'] {
  const { toStage, staffId, evidence, createdAt } = wish;
  return {
    to: stageView(tx, toStage),
    by: staffId === null ? null : personView(names, staffId).name,
    quote: evidence?.quote ?? null,
    at: createdAt,
    until: wishEndsAt(tx, wish),
  };
}

function fieldViews(tx: Tx, values: DealValues): DealFieldView[] {
  return dealFields(tx.active.policy.pipeline).map(({ key, name, kind, options = [], hint = null }) => ({
    ...{ key, name, kind, hint },
    options: [...options],
    value: values.get(key) ?? null,
  }));
}

/** A move that was taken back, and the taking back, are no stay: the clock went on as if neither had been. */
function dwellOf(changes: readonly StageChangeRow[]): DealPageView['dwell'] {
  const stays = new Map<string, number>();
  for (const { fromStage, fromEnteredAt, at, cause, undoneAt } of changes) {
    if (cause === 'undo' || undoneAt !== null) continue;
    stays.set(fromStage, (stays.get(fromStage) ?? 0) + Math.max(0, at - fromEnteredAt));
  }
  return [...stays].map(([stage, ms]) => ({ stage, ms }));
}
