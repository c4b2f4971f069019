/** Taps on an approval's card: 同意, 驳回 with a reason. */
import { decideApproval } from '../../approval/decide.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { REFUSALS } from '../faces/approval-face.ts';

export const agreeApproval = (context: ActionContext): Promise<ActionResult> => settle(context, true, null);

export async function refuseApproval(context: ActionContext): Promise<ActionResult> {
  if (!REFUSALS.includes(context.choice)) return { ok: false, notice: '请先选驳回的原因。' };
  return settle(context, false, context.choice);
}

/** The card is closed by the decision itself, with everybody else's. */
async function settle(
  { tx, action, staff }: ActionContext,
  agree: boolean,
  comment: string | null,
): Promise<ActionResult> {
  const decided = await decideApproval(tx, { approvalId: action.targetId ?? '', staffId: staff.id, agree, comment });
  if (!decided.ok) return { ok: false, notice: decided.why };
  return { ok: true, notice: agree ? '已同意' : '已驳回', closed: null };
}
