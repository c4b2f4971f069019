/** Somebody wrote, noted something, or sent the quote: what has moved begins a new round where the policy says so. */
import type { StageClockRow, Touch } from '../rows/clock.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { beginRound, leaveFrom, subjectOf } from './keep-clock.ts';
import { mayBegin, roundAfter } from './progress.ts';
import { limitOf } from './reckon.ts';

/** `dealId`: where a customer has several deals, the one that is meant. */
export type Touched = { readonly customerId: string; readonly dealId?: string | null } | { readonly leadId: string };

const SAID: Readonly<Record<Touch, string>> = {
  customer: '客户有新消息，重新计时',
  staff: '已联系客户，重新计时',
  activity: '已记录跟进，重新计时',
};

/**
 * `at`: when it happened, ms. This is on the path of every message: one look by index, and a write only where a new
 * round begins, once a minute at most. Returns how many clocks began one.
 */
export async function touchClock(tx: Tx, touched: Touched, by: Touch, at: number): Promise<number> {
  let begun = 0;
  for (const { id } of (await clocksOf(tx, touched)).filter((clock) => mayBegin(tx.active, clock, by, at))) {
    // As it stands now: an alert may just have gone out, and must not outlive this.
    const clock = await tx.stageClock.hold(id);
    if (clock && (await touchOne(tx, clock, by, at))) begun += 1;
  }
  return begun;
}

/** `clock` is held. */
async function touchOne(tx: Tx, clock: StageClockRow, by: Touch, at: number): Promise<boolean> {
  const of = await subjectOf(tx, clock.subject, clock.id);
  if (!of) return false;
  const leave = await leaveFrom(tx, of.ownerId, clock.fromAt);
  const round = roundAfter(tx.active, clock, { by, at, now: tx.now }, leave);
  if (round) await beginRound(tx, clock, round, SAID[by]);
  return round !== null;
}

/** A message was stored in a chat that belongs to a customer or a lead. */
export async function touchByMessage(
  tx: Tx,
  { customerId, leadId, opportunityId }: Pick<ChatRow, 'customerId' | 'leadId' | 'opportunityId'>,
  by: Extract<Touch, 'customer' | 'staff'>,
  at: number,
): Promise<void> {
  if (customerId !== null) await touchClock(tx, { customerId, dealId: opportunityId }, by, at);
  else if (leadId !== null) await touchClock(tx, { leadId }, by, at);
}

/** A quote of the deal has gone out: where its stage waits for that, the limit counts from now; elsewhere we have told the customer something. */
export async function quoteSent(tx: Tx, dealId: string): Promise<void> {
  const clock = await tx.stageClock.hold(dealId);
  if (!clock) return;
  if (limitOf(tx.active.policy, clock.stage)?.from !== 'quote_sent') {
    await touchOne(tx, clock, 'staff', tx.now);
    return;
  }
  await beginRound(tx, clock, { fromAt: Math.max(tx.now, clock.fromAt), metAt: tx.now }, '报价单已发出');
}

async function clocksOf(tx: Tx, touched: Touched): Promise<readonly StageClockRow[]> {
  if ('leadId' in touched) {
    const clock = await tx.stageClock.get(touched.leadId);
    return clock ? [clock] : [];
  }
  const clocks = await tx.stageClock.list({ customerId: touched.customerId });
  const meant = clocks.filter(({ id }) => id === touched.dealId);
  return meant.length > 0 ? meant : clocks;
}
