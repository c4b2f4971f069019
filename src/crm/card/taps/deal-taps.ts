/** Taps on a deal's cards: 推进, 忽略, 改阶段, 确认输单, 撤销. */
import { convertLead } from '../../lead/convert-lead.ts';
import { advanceStage } from '../../opportunity/advance-stage.ts';
import { blocking, type GateResult, judgeGate, reasonNames } from '../../opportunity/gate.ts';
import { dropWish, keepWish } from '../../opportunity/keep-wish.ts';
import { LOST, stageIndex, stageName } from '../../opportunity/pipeline.ts';
import { undoStage } from '../../opportunity/undo-stage.ts';
import type { CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import type { ActionContext, ActionResult } from '../action.ts';

export function advanceAsked(context: ActionContext): Promise<ActionResult> {
  return moveTo(context, context.card.data.toStage ?? '');
}

export async function changeStage(context: ActionContext): Promise<ActionResult> {
  const chosen = context.choice;
  if (stageIndex(context.tx.active.policy.pipeline, chosen) < 0)
    return { ok: false, notice: '请先在列表里选一个阶段。' };
  return moveTo(context, chosen);
}

export async function loseDeal(context: ActionContext): Promise<ActionResult> {
  const reason = context.choice;
  if (!context.tx.active.policy.pipeline.lostReasons.includes(reason))
    return { ok: false, notice: '请先选择输单原因。' };
  return moveTo(context, LOST, reason);
}

/** 忽略 says that the rule was wrong here: it is the label its precision is shown with. */
export async function ignoreCard({ tx, card, staff }: ActionContext): Promise<ActionResult> {
  for (const { ruleKey, messageId, signal } of card.data.pending ?? []) {
    if (messageId !== null) await tx.signalDecision.update({ ruleKey, messageId, signal }, { label: 'ignored' });
  }
  await forgetWish(tx, card);
  // Handed over and about nobody's deal: then they are words of no customer, and not kept.
  const { chatId, opportunityId, leadId } = card.data;
  if (!chatId && !opportunityId && !leadId) await tx.card.update({ id: card.id }, { data: {} });
  return { ok: true, notice: '已忽略', closed: `${staff.name}已忽略` };
}

export async function undoMove({ tx, action, staff }: ActionContext): Promise<ActionResult> {
  const result = await undoStage(tx, { changeId: action.targetId ?? '', staffId: staff.id });
  if (result.ok) return { ok: true, notice: '已撤销，商机回到原来的阶段', closed: null };
  const notices = {
    unknown: '找不到这次推进。',
    already_undone: '已经撤销过了。',
    moved_on: '商机后来又有变化，不能再撤销这一步。',
    too_late: '已过撤销时间（到下一个工作日下班为止），请在商机里改阶段。',
  } as const;
  if (result.reason === 'gate') return { ok: false, notice: missing(result.gate) };
  return { ok: false, notice: notices[result.reason] };
}

async function moveTo({ tx, card, staff }: ActionContext, toStage: string, lostReason?: string): Promise<ActionResult> {
  const { leadId, opportunityId } = card.data;
  const { policy } = tx.active;
  const { pipeline } = policy;
  const fromLead = opportunityId === undefined ? leadId : undefined;
  // A refusal must leave the lead as it is.
  const gate = judgeGate(policy, pipeline.convertedLeadStage, toStage, new Set());
  if (fromLead !== undefined && !gate.passes)
    return { ok: false, notice: `还缺：${reasonNames(blocking(gate))}。先建为客户，在商机页填好，再推进。` };
  const opportunity =
    fromLead === undefined ? await tx.opportunity.hold(opportunityId ?? '') : await convertLead(tx, fromLead);
  if (!opportunity) return { ok: false, notice: '找不到这个商机，它可能已被撤销。' };
  if (opportunity.stage === toStage)
    return {
      ok: true,
      notice: '商机已在这个阶段',
      closed: `商机已在「${stageName(pipeline, toStage)}」`,
    };
  const [finding] = card.data.pending ?? [];
  const result = await advanceStage(tx, {
    opportunity,
    toStage,
    cause: 'confirmed',
    staffId: staff.id,
    evidence: finding ?? null,
    accountId: card.accountId,
    ...(fromLead === undefined ? {} : { leadId: fromLead }),
    ...(lostReason === undefined ? {} : { lostReason }),
  });
  if (!result.ok && result.reason === 'gate') {
    const evidence = finding ?? null;
    await keepWish(tx, opportunity, { toStage, staffId: staff.id, accountId: card.accountId, evidence });
    return { ok: false, notice: `${missing(result.gate)}补齐后自动进入「${stageName(pipeline, toStage)}」。` };
  }
  if (!result.ok) return { ok: false, notice: refusal(result.reason) };
  if (finding?.messageId && toStage === card.data.toStage) {
    const where = { ruleKey: finding.ruleKey, messageId: finding.messageId, opportunityId: opportunity.id };
    await tx.signalDecision.update(where, { label: 'confirmed' });
  }
  const name = stageName(pipeline, toStage);
  return {
    ok: true,
    notice: lostReason ? '已记为输单' : `已推进到「${name}」`,
    closed: `${staff.name}已${lostReason ? `记为输单（${lostReason}）` : `改到「${name}」`}`,
  };
}

function refusal(reason: 'not_open' | 'changed_meanwhile'): string {
  return reason === 'not_open' ? '商机已经结束，不能再改阶段。' : '商机刚被别人改过，请看最新状态后再点。';
}

const missing = (gate: GateResult): string => `还缺：${reasonNames(blocking(gate))}。`;

/** Ignored words want nothing any more. */
async function forgetWish(tx: Tx, { data: { opportunityId, toStage } }: CardRow): Promise<void> {
  const wish = opportunityId === undefined ? null : await tx.stageWish.find({ opportunityId });
  if (wish && wish.toStage === toStage) await dropWish(tx, wish.opportunityId);
}
