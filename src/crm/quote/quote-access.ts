/** Who may look at a quote and who may change it: as with its deal; whoever is asked to agree reads it, too. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { refuseToChange } from '../access/to-change.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { QuoteRow, QuoteStatus } from '../rows/quotes.ts';
import { STATUS_NAMES } from './quote-states.ts';

export interface QuoteAtHand {
  readonly quote: QuoteRow;
  readonly deal: OpportunityRow;
}

export async function quoteToRead(desk: Desk, id: string): Promise<Done<QuoteRow>> {
  const quote = await desk.tx.quote.get(id);
  if (!quote) return refused('not_found');
  if ((await desk.see.deal(quote.opportunityId)) || (await isAsked(desk, id))) return done(quote);
  return notSeen(desk, quote.customerId);
}

/**
 * Quote and deal are held, the deal first. `expectedVersion`: as the colleague saw it, null where that does not matter;
 * `in`: the states in which this may be done; `act` names it: 提交.
 */
export async function quoteToChange(
  desk: Desk,
  id: string,
  wanted: { readonly expectedVersion: number | null; readonly in: readonly QuoteStatus[]; readonly act: string },
): Promise<Done<QuoteAtHand>> {
  const { tx } = desk;
  const readable = await quoteToRead(desk, id);
  if (!readable.ok) return readable;
  const deal = await tx.opportunity.hold(readable.value.opportunityId);
  const quote = await tx.quote.hold(id);
  if (!deal || !quote) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  if (!wanted.in.includes(quote.status))
    return refused('wrong_state', `这份报价单${STATUS_NAMES[quote.status]}，不能${wanted.act}。`);
  if (wanted.expectedVersion !== null && quote.version !== wanted.expectedVersion)
    return refused('changed_meanwhile', '这份报价单刚被改过，请看最新的再操作。');
  return done({ quote, deal });
}

/** Has or had a seat at an approval of it. */
async function isAsked({ tx, me }: Desk, quoteId: string): Promise<boolean> {
  for (const { id } of await tx.approval.list({ subjectKind: 'quote', subjectId: quoteId }))
    if (await tx.approvalSeat.find({ approvalId: id, staffId: me.id })) return true;
  return false;
}
