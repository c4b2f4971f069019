/** How an approval goes on: it begins, people decide, time runs out, people pass it on or leave. Pure; every change gives a new value. */
import type { StepPlan } from '../../policy/schema/approvals.ts';
import { nextAbove, placeFor, seat, seatStep } from './seats.ts';
import { type Approval, openStep, type People, type Rules, type Seat, type Step } from './shape.ts';

export interface Now {
  /** ms. */
  readonly at: number;
  readonly people: People;
  readonly rules: Rules;
  /** The instant so many working hours after another. */
  readonly after: (at: number, hours: number) => number;
}

export type Begun = { readonly ok: true; readonly approval: Approval } | { readonly ok: false; readonly why: string };

/** `ok: false`: a step has nobody and the policy does not let that pass; nothing begins. */
export function begin(
  asked: { readonly submitterId: string; readonly reasons: readonly string[]; readonly steps: readonly StepPlan[] },
  now: Now,
): Begun {
  const steps = asked.steps.map(
    (plan): Step => ({ plan, state: 'waiting', seats: [], why: null, openedAt: null, dueAt: null }),
  );
  const approval: Approval = { submitterId: asked.submitterId, reasons: asked.reasons, state: 'open', steps };
  for (const plan of asked.steps) {
    const seating = seatStep({ ...approval, steps: [] }, plan, now.rules, now.people);
    if (seating.kind === 'refuse') return { ok: false, why: seating.why };
  }
  return { ok: true, approval: proceed(approval, now) };
}

export type Decided =
  | { readonly ok: true; readonly approval: Approval }
  | { readonly ok: false; readonly reason: 'closed' | 'not_yours' | 'already_decided' };

export interface Verdict {
  readonly staffId: string;
  readonly agree: boolean;
  readonly comment: string | null;
}

/** A person who is named at the open step says yes or no. */
export function decide(approval: Approval, { staffId, agree, comment }: Verdict, now: Now): Decided {
  const step = openStep(approval);
  if (approval.state !== 'open' || !step) return { ok: false, reason: 'closed' };
  const own = step.seats.find((one) => one.staffId === staffId);
  if (!own) return { ok: false, reason: 'not_yours' };
  if (own.state !== 'open') return { ok: false, reason: 'already_decided' };
  const decided: Seat = { ...own, state: agree ? 'approved' : 'rejected', at: now.at, comment };
  const seats = step.seats.map((one) => (one === own ? decided : one));
  if (!agree)
    return { ok: true, approval: end(replace(approval, step, { ...step, seats, state: 'rejected' }), 'rejected') };
  const complete = step.plan.mode === 'any' || seats.every(({ state }) => state !== 'open');
  const next: Step = complete ? { ...step, seats, state: 'approved' } : { ...step, seats };
  const changed = replace(approval, step, next);
  return { ok: true, approval: complete ? proceed(changed, now) : changed };
}

/**
 * Its time is over: what the policy says happens; the same approval when it is not over. With `remind` and `one_up` a
 * new time begins, so that nobody is forgotten; whoever has nobody above keeps the matter.
 */
export function lapse(approval: Approval, now: Now): Approval {
  const step = openStep(approval);
  if (approval.state !== 'open' || !step || step.dueAt === null || now.at < step.dueAt) return approval;
  const { plan } = step;
  const why = `超过 ${plan.hours} 个工作小时没有人处理，按规定`;
  switch (plan.late) {
    case 'approve':
      return proceed(replace(approval, step, { ...step, state: 'passed', why: `${why}自动同意` }), now);
    case 'reject':
      return end(replace(approval, step, { ...step, state: 'rejected', why: `${why}自动驳回` }), 'rejected');
    case 'remind':
      return replace(approval, step, { ...step, dueAt: dueOf(plan, now) });
    case 'one_up': {
      const seats = raised(step.seats, approval.submitterId, now);
      return replace(approval, step, { ...step, seats, dueAt: dueOf(plan, now) });
    }
  }
}

const dueOf = ({ hours }: StepPlan, now: Now): number | null => (hours === null ? null : now.after(now.at, hours));

/** Who has not decided makes room for whoever is above them. */
function raised(seats: readonly Seat[], submitterId: string, { people, at }: Now): readonly Seat[] {
  const there = new Set([submitterId, ...seats.map(({ staffId }) => staffId)]);
  return seats.flatMap((one): Seat[] => {
    const above = one.state === 'open' ? nextAbove(one.staffId, people, there) : null;
    if (above === null) return [one];
    const present = placeFor(above, submitterId, people, one.staffId);
    const next = there.has(present.staffId) ? seat(above, one.staffId) : present;
    there.add(next.staffId);
    return [{ ...one, state: 'moved', at }, next];
  });
}

export type PassedOn =
  | { readonly ok: true; readonly approval: Approval }
  | { readonly ok: false; readonly reason: 'closed' | 'not_yours' | 'not_there' | 'there_already' | 'is_submitter' };

/** A person hands their seat to a colleague. */
export function passOn(approval: Approval, from: string, to: string, now: Pick<Now, 'people' | 'at'>): PassedOn {
  const step = openStep(approval);
  if (approval.state !== 'open' || !step) return { ok: false, reason: 'closed' };
  const own = step.seats.find(({ staffId, state }) => staffId === from && state === 'open');
  if (!own) return { ok: false, reason: 'not_yours' };
  if (!now.people.isActive(to)) return { ok: false, reason: 'not_there' };
  if (to === approval.submitterId) return { ok: false, reason: 'is_submitter' };
  if (step.seats.some(({ staffId }) => staffId === to)) return { ok: false, reason: 'there_already' };
  const seats = step.seats.flatMap((one): Seat[] =>
    one === own ? [{ ...own, state: 'moved', at: now.at }, seat(to, from)] : [one],
  );
  return { ok: true, approval: replace(approval, step, { ...step, seats }) };
}

/** Nobody is left to ask: it ends, and says what can be done. */
export const stranded = (approval: Approval, step: Step, why: string): Approval =>
  end(replace(approval, step, { ...step, state: 'rejected', why: `${why}，再重新提交` }), 'rejected');

/** The one who asked takes it back. */
export const withdraw = (approval: Approval): Approval =>
  approval.state === 'open' ? end(approval, 'withdrawn') : approval;

/** Opens the next step that needs somebody; after the last one it is agreed. */
export function proceed(approval: Approval, now: Now): Approval {
  let current = approval;
  for (const step of approval.steps) {
    if (step.state !== 'waiting') continue;
    const seating = seatStep({ ...current, steps: before(current, step) }, step.plan, now.rules, now.people);
    if (seating.kind === 'wait') {
      const opened = { seats: seating.seats, openedAt: now.at, dueAt: dueOf(step.plan, now) };
      return replace(current, step, { ...step, state: 'open', ...opened });
    }
    // Somebody was there when it began.
    if (seating.kind === 'refuse') return stranded(current, step, seating.why);
    current = replace(current, step, {
      ...step,
      state: 'passed',
      seats: seating.seats,
      why: seating.why,
      openedAt: now.at,
    });
  }
  return end(current, 'approved');
}

/** The steps that come before one. */
export const before = ({ steps }: Approval, { plan }: Step): readonly Step[] =>
  steps.slice(
    0,
    steps.findIndex((one) => one.plan === plan),
  );

export const replace = (approval: Approval, old: Step, next: Step): Approval => ({
  ...approval,
  steps: approval.steps.map((step) => (step.plan === old.plan ? next : step)),
});

const end = (approval: Approval, state: Approval['state']): Approval => ({ ...approval, state });
