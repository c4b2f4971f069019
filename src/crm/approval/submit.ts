/** Asks for agreement, when the policy wants any; and takes the request back. */
import type { ApprovalRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import { bringCards } from './bring-cards.ts';
import { carryOut, followThrough } from './carry-out.ts';
import { begin, withdraw } from './course.ts';
import { maySpeakFor } from './for-submitter.ts';
import { courseOf } from './match-rules.ts';
import { nowOf } from './people.ts';
import { note } from './record.ts';
import { SUBJECTS } from './registry.ts';
import { seatStep } from './seats.ts';
import type { Rules, SubjectKind } from './shape.ts';
import { holdApproval, insertApproval, openKeyOf, readApproval, type StoredApproval } from './store.ts';
import { tellOfUnreached, withoutAddress } from './troubles.ts';
import { approvalWords, namedIn } from './words.ts';

export interface SubjectRef {
  readonly kind: SubjectKind;
  readonly id: string;
}

export type Submitted =
  /**
   * `approval: null`: no rule asks for agreement; the caller goes on as agreed. An approval may have passed at once, where
   * the submitter is who agrees: then the subject's `approved` has been called.
   */
  | { readonly ok: true; readonly approval: ApprovalRow | null }
  /** `why` in Chinese, says what is in the way. */
  | { readonly ok: false; readonly reason: 'unknown' | 'nobody'; readonly why: string }
  | { readonly ok: false; readonly reason: 'already_open'; readonly approvalId: string; readonly why: string };

export async function submitForApproval(
  tx: Tx,
  { kind, id, submitterId }: SubjectRef & { readonly submitterId: string },
): Promise<Submitted> {
  const picture = await SUBJECTS[kind].picture(tx, id);
  if (!picture) return { ok: false, reason: 'unknown', why: '没有找到要审批的内容。' };
  const open = await tx.approval.find({ openKey: openKeyOf(kind, id) });
  if (open) return alreadyOpen(tx, open);
  const policy = tx.active.policy.approvals[kind];
  const course = courseOf(policy, picture.facts);
  if (course.steps.length === 0) return { ok: true, approval: null };
  const { nobody, self, again, reason } = policy;
  const rules = { nobody, self, again, reason };
  const begun = begin({ submitterId, ...course }, await nowOf(tx, rules, submitterId));
  if (!begun.ok) return { ok: false, reason: 'nobody', why: begun.why };
  const { title, customerId, currency, facts } = picture;
  const stored = await insertApproval(
    tx,
    {
      ...{ id: tx.newId(), subjectKind: kind, subjectId: id, submitterId, rules },
      ...{ title, customerId, currency, facts, policyVersion: tx.active.version },
    },
    begun.approval,
  );
  if (!stored) {
    const other = await tx.approval.find({ openKey: openKeyOf(kind, id) });
    if (other) return alreadyOpen(tx, other);
    throw new Error('an approval that is there and is not');
  }
  await note(tx, submitterId, stored.row, 'submit');
  await bringCards(tx, stored, false);
  await tellOfLaterSteps(tx, stored, rules);
  await followThrough(tx, stored, null);
  return { ok: true, approval: stored.row };
}

/** Whom the cards of later steps would not reach is told at once, while there is time to mend it. */
async function tellOfLaterSteps(tx: Tx, stored: StoredApproval, rules: Rules): Promise<void> {
  const { approval, row } = stored;
  const later = approval.state === 'open' ? approval.steps.filter(({ state }) => state === 'waiting') : [];
  if (later.length === 0) return;
  const { people } = await nowOf(tx, rules, row.submitterId);
  const seated = later.map(({ plan }) => seatStep({ ...approval, steps: [] }, plan, rules, people));
  const asked = seated.flatMap((seating) =>
    seating.kind === 'wait' ? seating.seats.map(({ staffId }) => staffId) : [],
  );
  await tellOfUnreached(tx, stored, await withoutAddress(tx, asked));
}

async function alreadyOpen(tx: Tx, { id }: ApprovalRow): Promise<Submitted> {
  const stored = await readApproval(tx, id);
  const where = stored && approvalWords(stored.approval, await tx.queries.staffNames(namedIn(stored.approval)));
  return { ok: false, reason: 'already_open', approvalId: id, why: `已经在审批中：${where ?? '请刷新后再看'}。` };
}

export type Withdrawn =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'closed' | 'not_yours'; readonly why: string };

/** By the subject; only the one who submitted it, or whoever has their deal once they have left. Calls the subject's `withdrawn`. */
export async function withdrawApproval(
  tx: Tx,
  { kind, id, staffId }: SubjectRef & { readonly staffId: string },
): Promise<Withdrawn> {
  const open = await tx.approval.find({ openKey: openKeyOf(kind, id) });
  const stored = open && (await holdApproval(tx, open.id));
  if (stored?.approval.state !== 'open') return { ok: false, reason: 'closed', why: '审批已经结束，不能撤回。' };
  if (!(await maySpeakFor(tx, stored.row, staffId)))
    return { ok: false, reason: 'not_yours', why: '只有提交的人可以撤回。' };
  await carryOut(tx, stored, withdraw(stored.approval), { by: staffId });
  await note(tx, staffId, stored.row, 'withdraw');
  return { ok: true };
}

/** What submitting would ask for now, step by step; empty when nothing. */
export async function foreseeApproval(
  tx: Tx,
  { kind, id, submitterId }: SubjectRef & { readonly submitterId: string },
): Promise<
  readonly { readonly step: string; readonly reasons: readonly string[]; readonly people: readonly string[] }[]
> {
  const picture = await SUBJECTS[kind].picture(tx, id);
  if (!picture) return [];
  const policy = tx.active.policy.approvals[kind];
  const { steps } = courseOf(policy, picture.facts);
  if (steps.length === 0) return [];
  const { people } = await nowOf(tx, policy, submitterId);
  const foreseen = steps.map((plan) => ({ plan, seating: seatStep({ submitterId, steps: [] }, plan, policy, people) }));
  const ids = foreseen.flatMap(({ seating }) =>
    seating.kind === 'wait' ? seating.seats.map(({ staffId }) => staffId) : [],
  );
  const names = await tx.queries.staffNames(ids);
  return foreseen.map(({ plan, seating }) => ({
    step: plan.name,
    reasons: policy.rules
      .filter((rule) => rule.steps.some(({ key }) => key === plan.key))
      .filter((rule) => courseOf({ ...policy, rules: [rule] }, picture.facts).steps.length > 0)
      .map(({ name }) => name),
    people: seating.kind === 'wait' ? seating.seats.map(({ staffId }) => names.get(staffId) ?? '同事') : [],
  }));
}
