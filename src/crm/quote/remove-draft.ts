/** A draft that was never submitted goes, with its lines: nobody but its writers has seen it. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import { quoteNote } from './move-quote.ts';
import { quoteToChange } from './quote-access.ts';

export async function removeDraft(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx, notes } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['draft'], act: '删除' });
  if (!found.ok) return found;
  const { quote } = found.value;
  const { version } = quote;
  if ((await tx.quote.remove({ id, version, status: 'draft', submittedAt: null })) !== 1)
    return refused('changed_meanwhile', '这份报价单刚被改过，请看最新的再操作。');
  await tx.quoteLine.remove({ quoteId: id });
  notes.push(quoteNote(quote, 'remove'));
  return done(quote);
}
