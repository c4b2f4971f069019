/** A quote as a colleague takes it along: what the customer reads, once it has been agreed to. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { noteReading } from '../customer/open-customer.ts';
import type { QuoteStatus } from '../rows/quotes.ts';
import { quoteToRead } from './quote-access.ts';
import { type QuoteDocument, quoteDocument } from './quote-document.ts';
import { READABLE } from './quote-link.ts';
import { STATUS_NAMES } from './quote-states.ts';

/** What nobody has agreed to leaves the house in no form; what was, and is over, says so in its watermark. */
export const ON_PAPER: readonly QuoteStatus[] = [...READABLE, 'expired', 'replaced'];

export async function paperOfQuote(desk: Desk, id: string, company: string): Promise<Done<QuoteDocument>> {
  const { tx, me } = desk;
  const found = await quoteToRead(desk, id);
  if (!found.ok) return found;
  const quote = found.value;
  if (!ON_PAPER.includes(quote.status))
    return refused('wrong_state', `这份报价单${STATUS_NAMES[quote.status]}，批准以后才能下载。`);
  const customer = await tx.customer.get(quote.customerId);
  if (customer && quote.ownerId !== me.id) noteReading(desk, customer, 'quote.read', { quoteId: id });
  const document = await quoteDocument(tx, quote, company);
  const over = quote.status === 'expired' || quote.status === 'replaced';
  return done(over ? { ...document, watermark: `${STATUS_NAMES[quote.status]} ${document.watermark}` } : document);
}
