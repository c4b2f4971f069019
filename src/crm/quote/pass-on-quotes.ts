/** Whoever takes over a deal takes over the quotes of it that are not settled; what is settled keeps who wrote it. */
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
  let passed = 0;
  for (const status of OPEN) passed += await tx.quote.update({ ...where, ownerId: fromId, status }, { ownerId: toId });
  return passed;
}
