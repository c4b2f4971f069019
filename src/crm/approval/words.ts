/** How approvals, their steps and seats stand, in a sentence. */
import type { Approval, Seat, Step } from './shape.ts';
import { openStep } from './shape.ts';

export type Names = ReadonlyMap<string, string>;

const nameOf = (names: Names, id: string): string => names.get(id) ?? '同事';
const list = (names: Names, seats: readonly Seat[]): string =>
  seats.map(({ staffId }) => nameOf(names, staffId)).join('、');

/** Everybody whose name is in the sentences below. */
export const namedIn = ({ submitterId, steps }: Approval): readonly string[] => [
  submitterId,
  ...steps.flatMap(({ seats }) =>
    seats.flatMap(({ staffId, insteadOf }) => (insteadOf === null ? [staffId] : [staffId, insteadOf])),
  ),
];

/** 王总已同意 · 王总已驳回：价格太低 · 等王总、李总审批 */
export function stepWords({ state, seats, why }: Step, names: Names): string {
  const rejecter = seats.find((seat) => seat.state === 'rejected');
  switch (state) {
    case 'waiting':
      return '还没轮到';
    case 'open':
      return `等${list(
        names,
        seats.filter((seat) => seat.state === 'open'),
      )}审批`;
    case 'passed':
      return why ?? '不用审批';
    case 'approved':
      return `${list(
        names,
        seats.filter((seat) => seat.state === 'approved'),
      )}已同意`;
    case 'rejected':
      if (!rejecter) return why ?? '已自动驳回';
      return `${nameOf(names, rejecter.staffId)}已驳回${rejecter.comment === null ? '' : `：${rejecter.comment}`}`;
  }
}

/** How the whole of it stands, or ended. */
export function approvalWords(approval: Approval, names: Names): string {
  const { state, steps, submitterId } = approval;
  const open = openStep(approval);
  if (state === 'withdrawn') return `${nameOf(names, submitterId)}已撤回`;
  if (state === 'open') return open ? `「${open.plan.name}」${stepWords(open, names)}` : '审批中';
  if (state === 'rejected') {
    const step = steps.find((one) => one.state === 'rejected');
    return step ? stepWords(step, names) : '已驳回';
  }
  const agreed = steps.flatMap(({ seats }) => seats.filter((seat) => seat.state === 'approved'));
  const once = [...new Map(agreed.map((seat) => [seat.staffId, seat])).values()];
  return once.length > 0
    ? `${list(names, once)}已同意`
    : (steps.findLast(({ why }) => why !== null)?.why ?? '不用审批');
}

/** Why a person is no longer asked at a step. */
export function seatWords(approval: Approval, position: number, staffId: string, names: Names): string {
  const step = approval.steps[position];
  if (approval.state === 'withdrawn') return `${approvalWords(approval, names)}，不用再审批`;
  const seat = step?.seats.find((one) => one.staffId === staffId);
  if (!step || !seat) return '这一步不用你审批了';
  const next = step.seats.find((one) => one.insteadOf === staffId);
  if (seat.state === 'moved') return next ? `已转给${nameOf(names, next.staffId)}` : '已转给别人';
  return step.state === 'open' && seat.state === 'approved'
    ? `${nameOf(names, staffId)}已同意`
    : stepWords(step, names);
}
