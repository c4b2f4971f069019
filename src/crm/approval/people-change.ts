/** When people leave, are away, come back or hand over, what waits for them in approvals goes on with somebody else. */
import type { Tx } from '../tx.ts';
import { bringCards } from './bring-cards.ts';
import { carryOut } from './carry-out.ts';
import type { Now } from './course.ts';
import { cover, reseat, succeed, uncover } from './departures.ts';
import { nowOf } from './people.ts';
import { note, tellTimeline } from './record.ts';
import type { Approval } from './shape.ts';
import { holdApproval } from './store.ts';

/** A colleague has left: what waited for them waits for somebody else. */
export async function reseatApprovals(tx: Tx, staffId: string): Promise<void> {
  await changeEach(tx, await tx.queries.approvalsWaitingFor(staffId), 'reseat', reseat);
}

/** Of two rows of one colleague one is left: what they asked for and what they were asked for may have met. */
export async function reseatMerged(tx: Tx, staffId: string, alsoIn: readonly string[]): Promise<void> {
  const own = await tx.approval.list({ submitterId: staffId, state: 'open' });
  const waiting = await tx.queries.approvalsWaitingFor(staffId);
  const ids = [...new Set([...own.map(({ id }) => id), ...waiting, ...alsoIn])];
  await changeEach(tx, ids, 'reseat', reseat);
  // Both may have had a card.
  for (const id of ids) {
    const stored = await holdApproval(tx, id);
    if (stored?.row.state === 'open') await bringCards(tx, stored, false);
  }
}

/**
 * Somebody takes over what another one had asked for: they hear how it ends, may take it back, and do not decide it.
 * `about`: ids of the subjects that they take over; null for all.
 */
export async function succeedApprovals(
  tx: Tx,
  {
    fromId,
    toId,
    about = null,
  }: { readonly fromId: string; readonly toId: string; readonly about?: ReadonlySet<string> | null },
): Promise<void> {
  const asked = await tx.approval.list({ submitterId: fromId, state: 'open' });
  const ids = asked.filter(({ subjectId }) => about?.has(subjectId) ?? true).map(({ id }) => id);
  await changeEach(tx, ids, 'successor', (approval, now) => succeed(approval, toId, now), { toId });
}

/** A colleague is away and somebody stands in. Returns how many matters went over. */
export async function coverApprovals(tx: Tx, awayId: string): Promise<number> {
  const ids = await tx.queries.approvalsWaitingFor(awayId);
  return changeEach(tx, ids, 'stand_in', (approval, now) => cover(approval, awayId, now), { staffId: awayId });
}

/** Back before their time. */
export async function uncoverApprovals(tx: Tx, backId: string, standInId: string): Promise<void> {
  const ids: string[] = [];
  for (const id of await standingIn(tx, standInId)) ids.push(...(await tx.queries.approvalsWaitingFor(id)));
  const back = (approval: Approval, now: Now) => uncover(approval, backId, standInId, now);
  await changeEach(tx, [...new Set(ids)], 'stand_in_ended', back, { staffId: backId });
}

/** A stand-in who is away has one, too. */
async function standingIn(tx: Tx, standInId: string): Promise<ReadonlySet<string>> {
  const away = new Map((await tx.queries.standInsAt(tx.now)).map(({ staffId, toId }) => [staffId, toId]));
  const chain = new Set<string>();
  for (let id: string | undefined = standInId; id !== undefined && !chain.has(id); id = away.get(id)) chain.add(id);
  return chain;
}

const TOLD: Readonly<Record<string, string>> = {
  reseat: '审批人有变动，已换人审批',
  stand_in: '审批人不在，已由代审批人处理',
  stand_in_ended: '审批人回来了，审批已交还',
};

async function changeEach(
  tx: Tx,
  ids: readonly string[],
  what: string,
  change: (approval: Approval, now: Now) => Approval,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  let changed = 0;
  // In one order, or two who change several would wait for each other.
  for (const id of ids.toSorted()) {
    const stored = await holdApproval(tx, id);
    if (!stored) continue;
    const next = change(stored.approval, await nowOf(tx, stored.row.rules, stored.row.submitterId));
    if (next === stored.approval) continue;
    changed += 1;
    const after = await carryOut(tx, stored, next, { by: null });
    await note(tx, null, stored.row, what, detail);
    const told = TOLD[what];
    if (told && after.approval.state === 'open') await tellTimeline(tx, after, { staffId: null, what: told });
  }
  return changed;
}
