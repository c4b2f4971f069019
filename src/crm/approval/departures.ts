/** People come and go while an approval is open: they leave, are away, come back, or become the one who asks. Pure, as its course is. */
import { before, type Now, proceed, replace, stranded } from './course.ts';
import { placeFor, seat, seatStep } from './seats.ts';
import { type Approval, openStep, type Seat } from './shape.ts';

/**
 * Somebody has left, or has become the one who asks: the open step is seated anew where it lost people; the same
 * approval where it did not. With nobody left to ask it ends, and says so.
 */
export function reseat(approval: Approval, now: Now): Approval {
  const step = openStep(approval);
  if (approval.state !== 'open' || !step) return approval;
  const mayStay = ({ state, staffId }: Seat): boolean =>
    state !== 'open' || (now.people.isActive(staffId) && mayDecide(approval, staffId, now));
  const stays = step.seats.filter(mayStay);
  const isOpen = stays.some(({ state }) => state === 'open');
  const agreed = stays.some(({ state }) => state === 'approved');
  if (stays.length === step.seats.length) {
    if (isOpen) return approval;
    // Two of its seats have become one person's, who has agreed.
    if (agreed) return proceed(replace(approval, step, { ...step, state: 'approved' }), now);
  }
  if (step.plan.mode === 'any' && isOpen) return replace(approval, step, { ...step, seats: stays });
  const seating = seatStep({ ...approval, steps: before(approval, step) }, step.plan, now.rules, now.people);
  if (seating.kind === 'refuse') return stranded(approval, step, seating.why);
  // What somebody had agreed to stays agreed; a seat that was handed on to somebody who has left is theirs again.
  const settled = new Set(stays.filter(({ state }) => state !== 'moved').map(({ staffId }) => staffId));
  const fresh = seating.seats.filter(({ staffId }) => !settled.has(staffId));
  const again = new Set(fresh.map(({ staffId }) => staffId));
  const seats = [...stays.filter(({ staffId }) => !again.has(staffId)), ...fresh];
  if (seats.some(({ state }) => state === 'open')) return replace(approval, step, { ...step, seats });
  if (seating.kind === 'pass')
    return proceed(replace(approval, step, { ...step, seats, state: 'passed', why: seating.why }), now);
  if (step.plan.mode === 'all' && agreed)
    return proceed(replace(approval, step, { ...step, seats, state: 'approved' }), now);
  return stranded(approval, step, `「${step.plan.name}」的审批人已经离开，请撤回后指定别人`);
}

/** The one who asks decides only where the policy lets them. */
const mayDecide = ({ submitterId }: Approval, staffId: string, { rules }: Now): boolean =>
  rules.self === 'allow' || staffId !== submitterId;

/** Somebody else answers for what was asked for: nobody agrees to what has become their own. */
export function succeed(approval: Approval, successorId: string, now: Now): Approval {
  if (approval.state !== 'open' || approval.submitterId === successorId) return approval;
  return reseat({ ...approval, submitterId: successorId }, now);
}

/** Somebody is away from now on: what waits for them waits for whoever stands in, unless that one has decided here. */
export function cover(approval: Approval, awayId: string, now: Now): Approval {
  const step = openStep(approval);
  const own = step?.seats.find(({ staffId, state }) => staffId === awayId && state === 'open');
  if (approval.state !== 'open' || !step || !own) return approval;
  const place = placeFor(awayId, approval.submitterId, now.people, null);
  const there = step.seats.find(({ staffId }) => staffId === place.staffId);
  if (place.staffId === awayId || (there && there.state !== 'open')) return approval;
  const moved: Seat = { ...own, state: 'moved', at: now.at };
  const seats = step.seats.flatMap((one): Seat[] => (one === own ? [moved, ...(there ? [] : [place])] : [one]));
  return replace(approval, step, { ...step, seats });
}

/** Somebody is back before their time: what whoever stood in has not touched is theirs again. */
export function uncover(approval: Approval, backId: string, standInId: string, now: Now): Approval {
  const step = openStep(approval);
  if (approval.state !== 'open' || !step || !now.people.isActive(backId) || !mayDecide(approval, backId, now))
    return approval;
  const here = placeFor(standInId, approval.submitterId, now.people, null).staffId;
  const held = step.seats.find(
    ({ staffId, insteadOf, state }) => staffId === here && insteadOf === backId && state === 'open',
  );
  const own = step.seats.find(({ staffId }) => staffId === backId);
  if (!held || (own && own.state !== 'moved')) return approval;
  const back = seat(backId, own?.insteadOf ?? null);
  const seats = step.seats.filter((one) => one !== own).map((one) => (one === held ? back : one));
  return replace(approval, step, { ...step, seats });
}
