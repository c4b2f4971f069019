/** The first response to a new lead (B4): by when it is due, and what counts as one: a word of ours in its chat, or a decision about it. */
import { refreshCard } from '../card/send-card.ts';
import { leaveFrom } from '../clock/keep-clock.ts';
import { leadStage, usedUpAt } from '../clock/reckon.ts';
import type { LeadRow } from '../rows/deals.ts';
import type { LeadResponseRow } from '../rows/tasks.ts';
import type { Tx } from '../tx.ts';

/** A new lead: due when the limit of its stage is used up, in the working time of its owner. */
export async function expectResponse(tx: Tx, { id, ownerId, createdAt }: LeadRow): Promise<void> {
  const clock = { stage: leadStage(tx.active.policy), fromAt: createdAt, metAt: null, extendedMs: 0 };
  const dueAt = usedUpAt(tx.active, clock, 100, await leaveFrom(tx, ownerId, createdAt));
  await tx.leadResponse.insertIfNew({ id, dueAt, respondedAt: null, how: null, staffId: null });
}

/** Only the first one counts; a lead from before this was kept has none. */
export async function noteResponse(
  tx: Tx,
  leadId: string,
  how: NonNullable<LeadResponseRow['how']>,
  staffId: string | null,
): Promise<void> {
  const first = { respondedAt: tx.now, how, staffId };
  if ((await tx.leadResponse.update({ id: leadId, respondedAt: null }, first)) !== 1 || how !== 'message') return;
  for (const card of await tx.card.list({ subject: `lead:${leadId}`, status: 'open' })) await refreshCard(tx, card);
}
