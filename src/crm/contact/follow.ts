/** Who has whom in their address book, and what they noted about them: one row per colleague and outsider. */
import type { ContactFacts } from '../../channel/delivery.ts';
import { fitName } from '../names.ts';
import type { ContactFollowRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** What the book says now: they are contacts (again). */
export async function keepFollow(
  tx: Tx,
  contactIdentityId: string,
  staffId: string,
  facts: ContactFacts,
): Promise<void> {
  const pair = { contactIdentityId, staffId };
  const known = await tx.contactFollow.find(pair);
  const said = {
    remark: facts.remark === null ? null : fitName(facts.remark),
    company: facts.company === null ? null : fitName(facts.company),
    tags: [...facts.tags],
    addedAt: facts.addedAt ?? known?.addedAt ?? null,
    removedAt: null,
  };
  if (known && isSame(known, said)) return;
  const row = { ...said, updatedAt: tx.now };
  // Another instance may have written the pair since we looked.
  if (!known && (await tx.contactFollow.insertIfNew({ id: tx.newId(), ...pair, ...row }))) return;
  await tx.contactFollow.update(pair, row);
}

/** The two ceased to be contacts at `at`; what was noted stays with the row. */
export async function endFollow(tx: Tx, contactIdentityId: string, staffId: string, at: number): Promise<void> {
  const pair = { contactIdentityId, staffId };
  const known = await tx.contactFollow.find(pair);
  // They may have become contacts again before this was heard.
  if (!known || (known.addedAt !== null && known.addedAt > at)) return;
  await tx.contactFollow.update({ ...pair, removedAt: null }, { removedAt: at, updatedAt: tx.now });
}

/**
 * After a colleague's whole book was read: whoever is not in it any more has left it, and no event told us. `seen` are
 * ids of identities; rows written since `startedAt` (ms) are newer than what was read.
 */
export async function endUnseen(
  tx: Tx,
  accountId: string,
  staffId: string,
  seen: ReadonlySet<string>,
  startedAt: number,
): Promise<void> {
  for (const { contactIdentityId, updatedAt } of await tx.contactFollow.list({ staffId, removedAt: null })) {
    if (seen.has(contactIdentityId) || updatedAt >= startedAt) continue;
    // The colleague may have books on several platforms.
    const identity = await tx.contactIdentity.get(contactIdentityId);
    if (identity?.accountId === accountId) await endFollow(tx, contactIdentityId, staffId, tx.now);
  }
}

function isSame(
  known: ContactFollowRow,
  said: Omit<ContactFollowRow, 'id' | 'tenantId' | 'contactIdentityId' | 'staffId' | 'updatedAt'>,
): boolean {
  return (
    known.remark === said.remark &&
    known.company === said.company &&
    known.addedAt === said.addedAt &&
    known.removedAt === said.removedAt &&
    known.tags.length === said.tags.length &&
    known.tags.every((tag, i) => tag === said.tags[i])
  );
}
