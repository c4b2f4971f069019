/** Whoever takes over a deal takes over the quotes of it that are not settled, and what was asked about them; what is settled keeps who wrote it. */
import { succeedApprovals } from '../approval/people-change.ts';
import type { QuoteRow, QuoteStatus } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';

const OPEN: readonly QuoteStatus[] = ['draft', 'submitted', 'approved', 'sent'];

/** Of one customer or one deal where one is named. Returns how many. */
export async function passOnQuotes(
  tx: Tx,
  {
    fromId,
    toId,
    ...where
  }: { readonly fromId: string; readonly toId: string } & Partial<Pick<QuoteRow, 'customerId' | 'opportunityId'>>,
): Promise<number> {
  const asked = await tx.quote.list({ ...where, ownerId: fromId, status: 'submitted' });
  let passed = 0;
  for (const status of OPEN) passed += await tx.quote.update({ ...where, ownerId: fromId, status }, { ownerId: toId });
  if (asked.length > 0) await succeedApprovals(tx, { fromId, toId, about: new Set(asked.map(({ id }) => id)) });
  return passed;
}
