/** 提交审批 on the card of a gate: the deal's one complete draft is submitted, and the deal goes on when it is agreed to. */
import { openDesk } from '../../access/desk.ts';
import { writeAudit } from '../../audit/audit.ts';
import { gateOf } from '../../opportunity/having.ts';
import { dropWish, keepWish } from '../../opportunity/keep-wish.ts';
import { stageName } from '../../opportunity/pipeline.ts';
import { quoteObstacle } from '../../opportunity/quote-obstacle.ts';
import { submitQuote } from '../../quote/quote-desk.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { addAction } from '../new-card.ts';

export async function submitQuoteTapped({ tx, card, staff }: ActionContext): Promise<ActionResult> {
  const { opportunityId = '', toStage = '', pending = [] } = card.data;
  const deal = await tx.opportunity.hold(opportunityId);
  const desk = await openDesk(tx, { staffId: staff.id, accountId: card.accountId });
  if (!deal || !desk) return { ok: false, notice: '找不到这个商机，它可能已被撤销。' };
  const { draft, text } = await quoteObstacle(tx, deal);
  if (!draft) return { ok: false, notice: `${text}。` };
  const before = await tx.stageWish.find({ opportunityId });
  const waits = !(await gateOf(tx, deal, toStage)).passes;
  // Ahead of the submission: where nobody has to agree, the deal moves with it.
  const wish = { toStage, staffId: staff.id, accountId: card.accountId, evidence: pending[0] ?? null };
  if (waits) await keepWish(tx, deal, wish);
  const submitted = await submitQuote(desk, draft.id, draft.version);
  if (!submitted.ok) {
    if (!before) await dropWish(tx, deal.id);
    return { ok: false, notice: submitted.detail ?? '现在不能提交，请打开报价单再试。' };
  }
  await writeAudit(tx, staff.id, desk.notes);
  const name = stageName(tx.active.policy.pipeline, toStage);
  const now = await tx.opportunity.get(deal.id);
  if (now?.version !== deal.version) return { ok: true, notice: `已批准，商机已进入「${name}」`, closed: null };
  // It may come back with a refusal, and a new draft be submitted from here.
  await addAction(tx, card, { kind: 'submit_quote' });
  if (submitted.value.status !== 'submitted') return { ok: true, notice: '报价单已批准', closed: null };
  const asked = await quoteObstacle(tx, deal);
  return { ok: true, notice: `${asked.text}。${waits ? `同意后商机进入「${name}」` : ''}`, closed: null };
}
