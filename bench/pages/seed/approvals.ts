/** Approvals of quotes: of every second one, most of them decided, each by somebody's supervisor. */
import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';
import type { Steps } from './steps.ts';

const RULES = { nobody: 'admin', self: 'one_up', again: 'once' } as const;
const PLAN = {
  ...{ key: 'supervisor', name: '直接主管', who: [{ kind: 'supervisor' as const }] },
  ...{ mode: 'any' as const, hours: 8, late: 'one_up' as const },
};

/** `deciders`: ids of colleagues. */
export async function seedApprovals(
  bulk: Bulk,
  quotes: readonly NewRow<'quote'>[],
  deciders: readonly string[],
  chance: Chance,
  steps: Steps,
): Promise<void> {
  const asked = quotes.filter((_, n) => n % 2 === 0);
  const made = steps(asked.length * 3);
  const [approvals, approvalSteps, seats]: [NewRow<'approval'>[], NewRow<'approvalStep'>[], NewRow<'approvalSeat'>[]] =
    [[], [], []];
  for (const quote of asked) {
    const [{ id: approvalId, at: createdAt }, { id: stepId }, { id }] = [made.next(), made.next(), made.next()];
    const state = chance.percent(95) ? 'approved' : 'open';
    const [closedAt, dueAt] = state === 'open' ? [null, createdAt + 86_400_000] : [createdAt, null];
    approvals.push({
      ...{
        id: approvalId,
        subjectKind: 'quote',
        subjectId: quote.id,
        title: quote.title,
        customerId: quote.customerId,
      },
      ...{ currency: 'CNY', submitterId: quote.ownerId, openKey: state === 'open' ? `quote:${quote.id}` : null, state },
      ...{ reasons: ['折扣超过 10%'], rules: RULES, policyVersion: 1, createdAt, closedAt, version: 2 },
      facts: {
        ...{ amountMinor: quote.grossMinor, marginBp: quote.marginBp, discountBp: quote.discountBp },
        ...{ grade: null, productLines: [], region: null },
      },
    });
    approvalSteps.push({
      id: stepId,
      approvalId,
      position: 0,
      plan: PLAN,
      state,
      why: null,
      openedAt: createdAt,
      dueAt,
    });
    const seat = { id, approvalId, stepId, position: 0, staffId: chance.pick(deciders), insteadOf: null };
    seats.push({ ...seat, state, comment: null, at: closedAt });
  }
  await bulk.put('approval', approvals);
  await bulk.put('approvalStep', approvalSteps);
  await bulk.put('approvalSeat', seats);
}
