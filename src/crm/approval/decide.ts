/** What people do with an approval: agree, refuse, hand it to a colleague; and what time and departures do with it. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { carryOut } from './carry-out.ts';
import { decide, lapse, passOn, reseat } from './course.ts';
import { nowOf } from './people.ts';
import { openStep } from './shape.ts';
import { holdApproval, type StoredApproval } from './store.ts';
import { note } from './submit.ts';
import { approvalWords, namedIn, stepWords } from './words.ts';

export type Outcome =
  | { readonly ok: true; readonly stored: StoredApproval }
  /** `why`: a Chinese sentence; of what is decided it says by whom. */
  | {
      readonly ok: false;
      readonly reason: 'unknown' | 'already_decided' | 'not_yours' | 'bad_colleague';
      readonly why: string;
    };

export interface Decision {
  readonly approvalId: string;
  readonly staffId: string;
  readonly agree: boolean;
  readonly comment: string | null;
}

export async function decideApproval(tx: Tx, decision: Decision): Promise<Outcome> {
  const stored = await holdApproval(tx, decision.approvalId);
  if (!stored) return UNKNOWN;
  const now = await nowOf(tx, stored.row.rules, stored.row.submitterId);
  const decided = decide(stored.approval, decision, now);
  if (!decided.ok) return refuse(tx, stored, decision.staffId);
  const after = await carryOut(tx, stored, decided.approval, { by: decision.staffId });
  await note(tx, decision.staffId, stored.row, decision.agree ? 'agree' : 'refuse');
  return { ok: true, stored: after };
}

/** A person hands their seat to a colleague. */
export async function transferApproval(
  tx: Tx,
  { approvalId, from, to }: { readonly approvalId: string; readonly from: StaffRow; readonly to: string },
): Promise<Outcome> {
  const stored = await holdApproval(tx, approvalId);
  if (!stored) return UNKNOWN;
  const now = await nowOf(tx, stored.row.rules, stored.row.submitterId);
  const passed = passOn(stored.approval, from.id, to, now);
  if (!passed.ok) {
    const { reason } = passed;
    if (reason === 'closed' || reason === 'not_yours') return refuse(tx, stored, from.id);
    return { ok: false, reason: 'bad_colleague', why: BAD_COLLEAGUE[reason] };
  }
  const after = await carryOut(tx, stored, passed.approval, { by: from.id });
  await note(tx, from.id, stored.row, 'transfer');
  return { ok: true, stored: after };
}

const UNKNOWN: Outcome = { ok: false, reason: 'unknown', why: '没有找到这个审批。' };
const BAD_COLLEAGUE = {
  not_there: '没有这位同事，或已经离职。',
  there_already: '这位同事已经在这一步里了。',
  is_submitter: '不能转给提交人自己。',
} as const;

async function refuse(tx: Tx, { approval }: StoredApproval, staffId: string): Promise<Outcome> {
  const names = await tx.queries.staffNames(namedIn(approval));
  const own = approval.steps.findLast(
    ({ state, seats }) => state !== 'waiting' && seats.some((seat) => seat.staffId === staffId),
  );
  if (approval.state !== 'open')
    return { ok: false, reason: 'already_decided', why: `审批已经结束：${approvalWords(approval, names)}。` };
  if (own && own.state !== 'open') return { ok: false, reason: 'already_decided', why: `${stepWords(own, names)}。` };
  const seat = own?.seats.find((one) => one.staffId === staffId);
  if (seat?.state === 'approved') return { ok: false, reason: 'already_decided', why: '你已经同意过了。' };
  return { ok: false, reason: 'not_yours', why: `${approvalWords(approval, names)}，你不能代为决定。` };
}

/** Time is over at the open step, if it is: a second look at the same moment finds nothing to do. */
export async function lapseApproval(tx: Tx, approvalId: string): Promise<boolean> {
  const stored = await holdApproval(tx, approvalId);
  if (!stored) return false;
  const now = await nowOf(tx, stored.row.rules, stored.row.submitterId);
  const next = lapse(stored.approval, now);
  if (next === stored.approval) return false;
  const before = openStep(stored.approval);
  await carryOut(tx, stored, next, { by: null, again: true });
  await note(tx, null, stored.row, `late_${before?.plan.late ?? 'remind'}`);
  return true;
}

/** A colleague has left: what waited for them waits for somebody else. */
export async function reseatApprovals(tx: Tx, staffId: string): Promise<void> {
  for (const id of await tx.queries.approvalsWaitingFor(staffId)) {
    const stored = await holdApproval(tx, id);
    if (!stored) continue;
    const next = reseat(stored.approval, await nowOf(tx, stored.row.rules, stored.row.submitterId));
    if (next === stored.approval) continue;
    await carryOut(tx, stored, next, { by: null });
    await note(tx, null, stored.row, 'reseat');
  }
}
