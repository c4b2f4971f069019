/** The clock of a deal or lead begins with its stage, begins anew with every round, and ends with it. */
import { endAlerts } from '../alert/end-alerts.ts';
import type { Leave } from '../calendar/working-time.ts';
import { leaveOf } from '../notice/quiet-time.ts';
import type { StageClockRow } from '../rows/clock.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import type { Round } from './progress.ts';
import { asLeave, leadStage, limitOf, nextAt } from './reckon.ts';

/** What a clock needs to know of the deal or lead that it is for. */
export interface Subject {
  readonly subject: StageClockRow['subject'];
  readonly id: string;
  readonly stage: string;
  readonly customerId: string | null;
  readonly ownerId: string;
  readonly enteredAt: number;
}

/**
 * The deal or lead has entered a stage: its clock begins, and what was told about the one before is over. `outcome`: how
 * open alert cards say so, one sentence. `since`: where the clock is to begin later than the stage was entered.
 */
export async function startClock(
  tx: Tx,
  subject: StageClockRow['subject'],
  id: string,
  { outcome = '已进入别的阶段', since = 0 }: { readonly outcome?: string; readonly since?: number } = {},
): Promise<void> {
  const of = await subjectOf(tx, subject, id);
  if (!of) return stopClock(tx, id, outcome);
  const begun = { ...of, enteredAt: Math.max(of.enteredAt, since) };
  const fresh = await freshClock(tx, begun, await leaveFrom(tx, of.ownerId, begun.enteredAt));
  const known = await tx.stageClock.hold(id);
  if (!known) {
    await tx.stageClock.insertIfNew(fresh);
    return;
  }
  await endAlerts(tx, id, outcome);
  await tx.stageClock.update({ id }, { ...fresh, version: known.version + 1 });
}

/** Won, lost, withdrawn, or a lead that was decided about: nothing is counted any more. */
export async function stopClock(tx: Tx, id: string, outcome: string): Promise<void> {
  if (!(await tx.stageClock.hold(id))) return;
  await endAlerts(tx, id, outcome);
  await tx.stageClock.remove({ id });
}

/** Handed to another colleague: they have the whole time, and what its owner of before was told is over. */
export async function handOverClock(tx: Tx, id: string, outcome: string): Promise<void> {
  const clock = await tx.stageClock.hold(id);
  if (!clock) return;
  await beginRound(tx, clock, { fromAt: Math.max(tx.now, clock.fromAt), metAt: clock.metAt }, outcome);
}

/** `clock` is held. Nobody is at it any longer, unless they still are: what was promised outlives progress. */
export async function beginRound(tx: Tx, clock: StageClockRow, round: Round, outcome: string): Promise<void> {
  const fresh = { ...round, round: tx.newId(), level: 0, extendedMs: 0, highRisk: false };
  await writeClock(tx, clock, fresh, outcome);
}

/** Writes what changes of a held clock, with the instant of its next level; `outcome` ends what was told, null leaves it. */
export async function writeClock(
  tx: Tx,
  clock: StageClockRow,
  patch: Partial<StageClockRow>,
  outcome: string | null,
): Promise<StageClockRow> {
  const of = await subjectOf(tx, clock.subject, clock.id);
  const changed = { ...clock, ...patch, policyVersion: tx.active.version, version: clock.version + 1 };
  const next = nextAt(tx.active, changed, of ? await leaveFrom(tx, of.ownerId, changed.fromAt) : []);
  if (outcome !== null) await endAlerts(tx, clock.id, outcome);
  await tx.stageClock.update(
    { id: clock.id },
    { ...patch, nextAt: next, policyVersion: changed.policyVersion, version: changed.version },
  );
  return { ...changed, nextAt: next };
}

/** Null when it is no longer open. */
export async function subjectOf(tx: Tx, subject: StageClockRow['subject'], id: string): Promise<Subject | null> {
  if (subject === 'lead') {
    const lead = await tx.lead.get(id);
    return lead && leadSubject(tx, lead);
  }
  const deal = await tx.opportunity.get(id);
  return deal && dealSubject(deal);
}

export function leadSubject(tx: Tx, { id, status, ownerId, createdAt: enteredAt }: LeadRow): Subject | null {
  if (status !== 'open') return null;
  return { subject: 'lead', id, stage: leadStage(tx.active.policy), customerId: null, ownerId, enteredAt };
}

export function dealSubject(deal: OpportunityRow): Subject | null {
  if (deal.status !== 'open') return null;
  const { id, stage, customerId, ownerId, stageEnteredAt: enteredAt } = deal;
  return { subject: 'deal', id, stage, customerId, ownerId, enteredAt };
}

export const leaveFrom = async (tx: Tx, staffId: string, at: number): Promise<readonly Leave[]> =>
  (await leaveOf(tx, staffId, at)).map(asLeave);

/** A clock that has just begun. `leave`: the owner's, since then. */
export async function freshClock(
  tx: Tx,
  of: Subject,
  leave: readonly Leave[],
): Promise<Omit<StageClockRow, 'tenantId'>> {
  const { subject, id, stage, customerId, enteredAt } = of;
  const metAt = await metBefore(tx, of);
  const clock = {
    ...{ subject, id, stage, customerId, metAt, round: tx.newId() },
    fromAt: Math.max(enteredAt, metAt ?? 0),
    ...{ level: 0, heldUntil: null, heldBy: null, extendedMs: 0, extensions: 0, highRisk: false },
    ...{ policyVersion: tx.active.version, version: 1 },
  };
  return { ...clock, nextAt: nextAt(tx.active, clock, leave) };
}

/** What the stage waits for may have come before it began: the quote has gone out, or the last word is ours. */
async function metBefore(tx: Tx, { id, stage, customerId }: Subject): Promise<number | null> {
  const limit = limitOf(tx.active.policy, stage);
  if (limit?.from === 'quote_sent') return lastQuoteSent(tx, id);
  if (limit?.until !== 'answered') return null;
  const whose = customerId === null ? { leadId: id } : { customerId };
  const said = await tx.queries.lastTouch(whose, ['customer']);
  const answered = await tx.queries.lastTouch(whose, ['staff', 'activity']);
  return answered !== null && answered >= (said ?? 0) ? answered : null;
}

/** When a quote of the deal that still stands went out. */
export async function lastQuoteSent(tx: Tx, opportunityId: string): Promise<number | null> {
  const quotes = await tx.quote.list({ opportunityId });
  const sent = quotes.flatMap(({ status, sentAt }) =>
    status === 'sent' || status === 'accepted' ? [sentAt ?? 0] : [],
  );
  return sent.length === 0 ? null : Math.max(...sent);
}
