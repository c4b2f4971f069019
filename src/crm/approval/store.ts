/** An approval between its rows and what the rules think of. */
import type { ApprovalRow, ApprovalSeatRow, ApprovalStepRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import type { Approval, Seat, Step } from './shape.ts';

export interface StoredApproval {
  readonly row: ApprovalRow;
  readonly approval: Approval;
}

/** The row is held first: whoever decides, hands on or lets time run out does so one after the other. */
export async function holdApproval(tx: Tx, id: string): Promise<StoredApproval | null> {
  const row = await tx.approval.hold(id);
  return row && withSteps(tx, row);
}

export async function readApproval(tx: Tx, id: string): Promise<StoredApproval | null> {
  const row = await tx.approval.get(id);
  return row && withSteps(tx, row);
}

async function withSteps(tx: Tx, row: ApprovalRow): Promise<StoredApproval> {
  const of = { approvalId: row.id };
  const steps = await tx.approvalStep.list(of, { orderBy: 'position' });
  return { row, approval: compose(row, steps, await tx.approvalSeat.list(of, { orderBy: 'position' })) };
}

/** Both in the order of their positions. */
export function compose(
  { submitterId, reasons, state }: Pick<ApprovalRow, 'submitterId' | 'reasons' | 'state'>,
  steps: readonly ApprovalStepRow[],
  seats: readonly ApprovalSeatRow[],
): Approval {
  return {
    ...{ submitterId, reasons, state },
    steps: steps.map(
      ({ id, plan, state: at, why, openedAt, dueAt }): Step => ({
        ...{ plan, state: at, why, openedAt, dueAt },
        seats: seats
          .filter(({ stepId }) => stepId === id)
          .map(({ staffId, insteadOf, state: seatAt, at: when, comment }) => ({
            ...{ staffId, insteadOf, comment },
            ...{ state: seatAt, at: when },
          })),
      }),
    ),
  };
}

type Beginning = Omit<ApprovalRow, 'tenantId' | 'openKey' | 'state' | 'reasons' | 'createdAt' | 'closedAt' | 'version'>;

/** Null when another approval of this subject is open. */
export async function insertApproval(tx: Tx, facts: Beginning, approval: Approval): Promise<StoredApproval | null> {
  const isOpen = approval.state === 'open';
  const row: ApprovalRow = {
    ...facts,
    tenantId: tx.tenantId,
    openKey: isOpen ? openKeyOf(facts.subjectKind, facts.subjectId) : null,
    state: approval.state,
    reasons: approval.reasons,
    createdAt: tx.now,
    closedAt: isOpen ? null : tx.now,
    version: 1,
  };
  if (!(await tx.approval.insertIfNew(row))) return null;
  for (const [position, step] of approval.steps.entries()) {
    const stepId = tx.newId();
    await tx.approvalStep.insert({ id: stepId, approvalId: row.id, position, ...stepFields(approval, step) });
    await putSeats(tx, { approval, step, stepId, approvalId: row.id }, []);
  }
  return { row, approval };
}

export const openKeyOf = (kind: string, id: string): string => `${kind}:${id}`;

/** The caller holds the row. What is no longer asked of anybody waits for nobody: seats are spared, times are over. */
export async function saveApproval(tx: Tx, { row }: StoredApproval, approval: Approval): Promise<StoredApproval> {
  const ended = approval.state !== 'open';
  const patch = {
    state: approval.state,
    submitterId: approval.submitterId,
    openKey: ended ? null : row.openKey,
    closedAt: ended ? tx.now : null,
    version: row.version + 1,
  };
  if ((await tx.approval.update({ id: row.id, version: row.version, state: 'open' }, patch)) === 0)
    throw new Error('an approval was changed by somebody who did not hold it');
  const steps = await tx.approvalStep.list({ approvalId: row.id }, { orderBy: 'position' });
  const seats = await tx.approvalSeat.list({ approvalId: row.id }, { orderBy: 'position' });
  for (const { id, position } of steps) {
    const step = approval.steps[position];
    if (!step) continue;
    await tx.approvalStep.update({ id }, stepFields(approval, step));
    const known = seats.filter(({ stepId }) => stepId === id);
    await putSeats(tx, { approval, step, stepId: id, approvalId: row.id }, known);
  }
  return { row: { ...row, ...patch }, approval };
}

function stepFields(approval: Approval, { plan, state, why, openedAt, dueAt }: Step) {
  return { plan, state, why, openedAt, dueAt: approval.state === 'open' && state === 'open' ? dueAt : null };
}

interface Place {
  readonly approval: Approval;
  readonly step: Step;
  readonly stepId: string;
  readonly approvalId: string;
}

async function putSeats(tx: Tx, { approval, step, ...of }: Place, known: readonly ApprovalSeatRow[]): Promise<void> {
  const waits = approval.state === 'open' && step.state === 'open';
  for (const { id, staffId } of known)
    if (!step.seats.some((seat) => seat.staffId === staffId)) await tx.approvalSeat.remove({ id });
  for (const [position, seat] of step.seats.entries()) {
    const fields = { ...seat, state: seat.state === 'open' && !waits ? 'spared' : seat.state, position } as const;
    const there = known.find(({ staffId }) => staffId === seat.staffId);
    if (!there) await tx.approvalSeat.insert({ id: tx.newId(), ...of, ...fields });
    else if (!same(there, fields)) await tx.approvalSeat.update({ id: there.id }, fields);
  }
}

const same = (row: ApprovalSeatRow, seat: Seat & { readonly position: number }): boolean =>
  row.state === seat.state &&
  row.insteadOf === seat.insteadOf &&
  row.comment === seat.comment &&
  row.at === seat.at &&
  row.position === seat.position;
