/** Deals as the desk shows them: where they stand, and every move with what caused it. */
import { stageName } from '../../src/crm/opportunity/pipeline.ts';
import type { Tables } from '../../src/crm/tables.ts';
import type { Rows } from './rows.ts';
import type { DealView, MoveView } from './view.ts';

export function dealViews(rows: Rows): DealView[] {
  const { pipeline } = rows.active.policy;
  return rows.deals.flatMap((deal) => {
    if (deal.status === 'withdrawn') return [];
    return {
      id: deal.id,
      name: deal.name,
      customerName: rows.customers.get(deal.customerId)?.name ?? '客户',
      ownerName: rows.staff.get(deal.ownerId)?.name ?? '负责人',
      stage: deal.stage,
      stageName: stageName(pipeline, deal.stage),
      stageEnteredAt: deal.stageEnteredAt,
      status: deal.status,
      lostReason: deal.lostReason,
      amountMinor: deal.amountMinor,
      history: rows.moves.filter((move) => move.opportunityId === deal.id).map((move) => moveView(rows, move)),
    };
  });
}

function moveView(rows: Rows, move: Tables['stageChange']): MoveView {
  const { pipeline } = rows.active.policy;
  return {
    id: move.id,
    at: move.at,
    from: stageName(pipeline, move.fromStage),
    to: stageName(pipeline, move.toStage),
    undone: move.undoneAt !== null,
    isUndo: move.cause === 'undo',
    cause: causeOf(rows, move),
    quote: move.quote,
    speaker: move.speakerName ?? (move.quote === null ? null : '客户'),
  };
}

function causeOf(rows: Rows, move: Tables['stageChange']): string {
  const who = rows.staff.get(move.staffId ?? '')?.name ?? '同事';
  switch (move.cause) {
    case 'signal':
      return `自动 · 规则「${ruleLabel(rows, move.ruleKey)}」`;
    case 'confirmed':
      return `${who}在卡片上确认`;
    case 'manual':
      return `${who}手动改阶段`;
    case 'undo':
      return `${who}撤销`;
  }
}

export function ruleLabel(rows: Rows, key: string | null): string {
  return rows.active.policy.signals.rules.find((rule) => rule.key === key)?.label ?? key ?? '已删除的规则';
}
