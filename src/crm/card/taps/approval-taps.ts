/** Taps on an approval's card: 同意, 驳回 with a reason; and 改一版 on the card that brings a refusal. */
import { openDesk } from '../../access/desk.ts';
import { decideApproval } from '../../approval/decide.ts';
import { SUBJECTS } from '../../approval/registry.ts';
import { writeAudit } from '../../audit/audit.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { MOST_WORDS } from '../faces/approval-face.ts';

export const agreeApproval = (context: ActionContext): Promise<ActionResult> => settle(context, true, [context.words]);

/** What was picked and what was typed; what must be there the approval itself says. */
export const refuseApproval = (context: ActionContext): Promise<ActionResult> =>
  settle(context, false, [context.choice, context.words]);

/** The card is closed by the decision itself, with everybody else's. */
async function settle(
  { tx, action, staff }: ActionContext,
  agree: boolean,
  said: readonly string[],
): Promise<ActionResult> {
  const comment =
    said
      .map((words) => words.trim())
      .filter((words) => words !== '')
      .join('：')
      .slice(0, MOST_WORDS) || null;
  const decided = await decideApproval(tx, { approvalId: action.targetId ?? '', staffId: staff.id, agree, comment });
  if (!decided.ok) return { ok: false, notice: decided.why };
  return { ok: true, notice: agree ? '已同意' : '已驳回', closed: null };
}

/** The draft is made in the tapper's name; the card then leads to it. */
export async function remakeRefused({ tx, card, action, staff }: ActionContext): Promise<ActionResult> {
  const approval = await tx.approval.get(action.targetId ?? '');
  const desk = await openDesk(tx, { staffId: staff.id, accountId: card.accountId });
  if (!approval || !desk) return { ok: false, notice: '没有找到被驳回的内容。' };
  const subject = SUBJECTS[approval.subjectKind];
  const made = await subject.remake(desk, approval.subjectId);
  if (!made.ok) return { ok: false, notice: made.detail ?? '现在不能再改一版，请打开报价单看看。' };
  await writeAudit(tx, staff.id, desk.notes);
  const closed = (await tx.card.get(card.id))?.outcome ?? '已建好新的一版';
  return { ok: true, notice: closed, closed };
}
