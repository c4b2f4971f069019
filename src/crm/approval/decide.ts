/** What people do with an approval: agree, refuse, hand it to a colleague; and what time does with it. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { carryOut } from './carry-out.ts';
import { decide, lapse, passOn } from './course.ts';
import { nowOf } from './people.ts';
import { note, tellTimeline } from './record.ts';
import { openStep, type Step } from './shape.ts';
import { holdApproval, type StoredApproval } from './store.ts';
import { approvalWords, namedIn, stepWords } from './words.ts';

export type Outcome =
  | { readonly ok: true; readonly stored: StoredApproval }
  /** `why`: a Chinese sentence; of what is decided it says by whom. */
  | {
      readonly ok: false;
      readonly reason: 'unknown' | 'already_decided' | 'not_yours' | 'no_reason' | 'bad_colleague';
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
  const { agree, comment, staffId } = decision;
  const now = await nowOf(tx, stored.row.rules, stored.row.submitterId);
  const decided = decide(stored.approval, decision, now);
  if (!decided.ok) return refuse(tx, stored, staffId);
  if (!agree && comment === null && stored.row.rules.reason === 'required')
    return { ok: false, reason: 'no_reason', why: '驳回要写原因：请选一个，或自己写。' };
  const after = await carryOut(tx, stored, decided.approval, { by: staffId });
  await note(tx, staffId, stored.row, agree ? 'agree' : 'refuse');
  // How it ended is told by its subject.
  if (after.approval.state === 'open') await tellTimeline(tx, stored, { staffId, what: agreedWords(stored, comment) });
  return { ok: true, stored: after };
}

/** A person hands their seat to a colleague. */
export async function transferApproval(
  tx: Tx,
  {
    approvalId,
    from,
    to,
    by = from,
  }: { readonly approvalId: string; readonly from: StaffRow; readonly to: string; readonly by?: StaffRow },
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
  const after = await carryOut(tx, stored, passed.approval, { by: by.id });
  await note(tx, by.id, stored.row, 'transfer');
  const name = (await tx.staff.get(to))?.name ?? '同事';
  const what = by.id === from.id ? `审批转给了${name}` : `把等${from.name}的审批转给了${name}`;
  await tellTimeline(tx, stored, { staffId: by.id, what });
  return { ok: true, stored: after };
}

const agreedWords = ({ approval }: StoredApproval, comment: string | null): string =>
  `「${openStep(approval)?.plan.name ?? '审批'}」同意${comment === null ? '' : `：${comment}`}`;

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

const LATE: Readonly<Record<Step['plan']['late'], (step: Step) => string>> = {
  remind: ({ plan }) => `「${plan.name}」超时未审批，已再次提醒`,
  one_up: ({ plan }) => `「${plan.name}」超时未审批，已转给上一级`,
  approve: ({ plan }) => `「${plan.name}」超时，按规定自动同意`,
  reject: ({ plan }) => `「${plan.name}」超时，按规定自动驳回`,
};

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
  if (next.state === 'open' && before)
    await tellTimeline(tx, stored, { staffId: null, what: LATE[before.plan.late](before) });
  return true;
}
