/** Who decides at a step, as the organisation stands when its turn comes. */
import type { StepPlan, Who } from '../../policy/schema/approvals.ts';
import type { Approval, People, Rules, Seat } from './shape.ts';

export type Seating =
  | { readonly kind: 'wait'; readonly seats: readonly Seat[] }
  /** Nobody has to be asked. `why` in Chinese. */
  | { readonly kind: 'pass'; readonly seats: readonly Seat[]; readonly why: string }
  /** Nobody can be asked, and the policy does not let that pass. */
  | { readonly kind: 'refuse'; readonly why: string };

export function seatStep(
  approval: Pick<Approval, 'submitterId' | 'steps'>,
  plan: StepPlan,
  rules: Rules,
  people: People,
): Seating {
  const { submitterId } = approval;
  const named = [...new Set(plan.who.flatMap((who) => namedBy(who, submitterId, people)))].filter(people.isActive);
  const isOwn = named.includes(submitterId);
  if (isOwn && rules.self === 'skip' && (plan.mode === 'any' || named.length === 1))
    return { kind: 'pass', seats: [], why: '提交人自己就是审批人' };
  const seats = taken(named.flatMap((staffId) => placeOf(staffId, submitterId, rules, people)));
  // The head of the company named as the one who agrees has nobody above to ask.
  if (seats.length === 0 && isOwn) return { kind: 'pass', seats: [], why: '提交人自己就是审批人，上面没有别人' };
  if (seats.length === 0) return empty(plan, submitterId, rules, people);
  return rules.again === 'each' ? { kind: 'wait', seats } : spare(approval, plan, seats);
}

/** The next active person above, going round no ring; null at the top. `not`: people who will not do. */
export function nextAbove(staffId: string, people: People, not: ReadonlySet<string>): string | null {
  const seen = new Set([staffId]);
  for (let above = people.supervisorOf(staffId); above !== null && !seen.has(above); ) {
    if (people.isActive(above) && !not.has(above)) return above;
    seen.add(above);
    above = people.supervisorOf(above);
  }
  return null;
}

function namedBy(who: Who, submitterId: string, people: People): readonly string[] {
  switch (who.kind) {
    case 'supervisor': {
      const above = nextAbove(submitterId, people, new Set());
      return above === null ? [] : [above];
    }
    case 'department_head':
      return people.headsOf(submitterId);
    case 'role':
      return people.withRole(who.role);
    case 'staff':
      return who.ids;
  }
}

function placeOf(staffId: string, submitterId: string, rules: Rules, people: People): readonly Seat[] {
  if (staffId === submitterId && rules.self !== 'allow') {
    if (rules.self === 'skip') return [];
    const above = nextAbove(submitterId, people, new Set([submitterId]));
    return above === null ? [] : [placeFor(above, submitterId, people, submitterId)];
  }
  return [placeFor(staffId, submitterId, people, null)];
}

/** Whoever is away is stood in for, unless by the one who asks, or by nobody who is there. `insteadOf`: whose place it was before. */
export function placeFor(staffId: string, submitterId: string, people: People, insteadOf: string | null): Seat {
  const seen = new Set([staffId]);
  let here = staffId;
  for (let other = people.standInFor(here); other !== null && !seen.has(other); other = people.standInFor(here)) {
    if (!people.isActive(other) || other === submitterId) break;
    seen.add(other);
    here = other;
  }
  return seat(here, here === staffId ? insteadOf : staffId);
}

export const seat = (staffId: string, insteadOf: string | null): Seat => ({
  staffId,
  insteadOf,
  state: 'open',
  at: null,
  comment: null,
});

/** One seat a person, whoever they stand in for besides. */
const taken = (seats: readonly Seat[]): readonly Seat[] =>
  [...new Map(seats.toReversed().map((one) => [one.staffId, one])).values()].toReversed();

function empty(plan: StepPlan, submitterId: string, rules: Rules, people: People): Seating {
  if (rules.nobody === 'pass') return { kind: 'pass', seats: [], why: `「${plan.name}」没有可以审批的人，按规定跳过` };
  const admins = people
    .withRole('admin')
    .filter((id) => people.isActive(id) && (rules.self === 'allow' || id !== submitterId));
  const refusal = `「${plan.name}」没有可以审批的人，请管理员在策略里指定，或补上主管关系`;
  if (rules.nobody === 'admin' && admins.length === 0 && people.withRole('admin').includes(submitterId))
    return { kind: 'pass', seats: [], why: '提交人自己就是管理员，上面没有别人' };
  if (rules.nobody === 'refuse' || admins.length === 0) return { kind: 'refuse', why: refusal };
  return { kind: 'wait', seats: taken(admins.map((id) => placeFor(id, submitterId, people, null))) };
}

/** Whoever agreed at an earlier step of this approval need not do so again. */
function spare(approval: Pick<Approval, 'steps'>, plan: StepPlan, seats: readonly Seat[]): Seating {
  const agreed = new Set(
    approval.steps.flatMap((step) =>
      step.seats.filter(({ state }) => state === 'approved').map(({ staffId }) => staffId),
    ),
  );
  const spared = seats.map((one): Seat => (agreed.has(one.staffId) ? { ...one, state: 'spared' } : one));
  const some = spared.some(({ state }) => state === 'spared');
  const all = spared.every(({ state }) => state === 'spared');
  if (plan.mode === 'any' ? some : all) return { kind: 'pass', seats: spared, why: '审批人在前面的节点已经同意' };
  return { kind: 'wait', seats: spared };
}
