/** The API's operations on quotes. */
import { type Desk, type Done, done } from '../../../crm/access/desk.ts';
import { acceptQuote, markSent, submitQuote, withdrawQuote } from '../../../crm/quote/quote-desk.ts';
import { makeQuoteLink, revokeQuoteLink } from '../../../crm/quote/quote-link.ts';
import { openQuote, quotesOfDeal } from '../../../crm/quote/quote-picture.ts';
import { removeDraft } from '../../../crm/quote/remove-draft.ts';
import { beginQuote, changeQuote, reviseQuote } from '../../../crm/quote/write-quote.ts';
import type { QuoteRow } from '../../../crm/rows/quotes.ts';
import type { QuoteView } from '../../contract/quote.ts';
import { newToken } from '../../sessions/token.ts';
import type { Handlers } from './handling.ts';
import { quoteSummaryView, quoteView } from './quote-view.ts';

type QuoteOperation =
  | 'quotesOfDeal'
  | 'addQuote'
  | 'quote'
  | 'changeQuote'
  | 'submitQuote'
  | 'withdrawQuote'
  | 'reviseQuote'
  | 'sendQuote'
  | 'acceptQuote'
  | 'removeQuote'
  | 'linkQuote'
  | 'revokeQuoteLink';

/** `publicUrl`: where people reach us; null when not said. */
export const quoteHandlers = (publicUrl: string | null): Pick<Handlers, QuoteOperation> => ({
  quotesOfDeal: async (desk, { id }) => {
    const quotes = await quotesOfDeal(desk, id);
    return quotes.ok ? done({ items: quotes.value.map(quoteSummaryView) }) : quotes;
  },
  quote: (desk, { id }) => shownById(desk, id),
  addQuote: async (desk, { id, body }) => shown(desk, await beginQuote(desk, id, body)),
  changeQuote: async (desk, { id, body }) => shown(desk, await changeQuote(desk, id, body)),
  submitQuote: async (desk, { id, body }) => shown(desk, await submitQuote(desk, id, body.expectedVersion)),
  withdrawQuote: async (desk, { id, body }) => shown(desk, await withdrawQuote(desk, id, body.expectedVersion)),
  reviseQuote: async (desk, { id, body }) => shown(desk, await reviseQuote(desk, id, body.expectedVersion)),
  sendQuote: async (desk, { id, body }) => shown(desk, await markSent(desk, id, body.expectedVersion)),
  acceptQuote: async (desk, { id, body }) => shown(desk, await acceptQuote(desk, id, body.expectedVersion)),
  removeQuote: async (desk, { id, body }) => {
    const removed = await removeDraft(desk, id, body.expectedVersion);
    return removed.ok ? done({ dealId: removed.value.opportunityId }) : removed;
  },
  linkQuote: async (desk, { id }) => {
    const token = newToken();
    const made = await makeQuoteLink(desk, id, token);
    const quote = made.ok ? await shownById(desk, id) : made;
    const root = publicUrl === null ? '' : `${publicUrl}/`;
    return quote.ok ? done({ url: `${root}q/${token}`, quote: quote.value }) : quote;
  },
  revokeQuoteLink: async (desk, { id, body }) => shown(desk, await revokeQuoteLink(desk, id, body.linkId)),
});

async function shown(desk: Desk, changed: Done<QuoteRow>): Promise<Done<QuoteView>> {
  return changed.ok ? shownById(desk, changed.value.id) : changed;
}

async function shownById(desk: Desk, id: string): Promise<Done<QuoteView>> {
  const picture = await openQuote(desk, id);
  return picture.ok ? done(quoteView(picture.value)) : picture;
}
