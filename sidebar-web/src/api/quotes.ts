/** The calls about quotes and the catalogue, typed by the server's contract. */
import type { PageView } from '../../../src/http/contract/common.ts';
import type { ProductView } from '../../../src/http/contract/product.ts';
import type { QuoteBody, QuoteSummaryView, QuoteView } from '../../../src/http/contract/quote.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { ProductView } from '../../../src/http/contract/product.ts';
export type {
  QuoteBody,
  QuoteLineBody,
  QuoteLineView,
  QuoteStatusView,
  QuoteSummaryView,
  QuoteView,
} from '../../../src/http/contract/quote.ts';

export type QuoteAct = 'submit' | 'withdraw' | 'revise' | 'send' | 'accept';

const part = encodeURIComponent;

export const quotesApi = {
  ofDeal: (dealId: string) => ask<{ items: readonly QuoteSummaryView[] }>(`deals/${part(dealId)}/quotes`),
  add: (dealId: string, body: QuoteBody) => ask<QuoteView>(`deals/${part(dealId)}/quotes`, body),
  quote: (id: string) => ask<QuoteView>(`quotes/${part(id)}`),
  change: (id: string, body: QuoteBody & { expectedVersion: number }) =>
    ask<QuoteView>(`quotes/${part(id)}`, body, 'PUT'),
  /** `revise` answers with the new draft. */
  act: (id: string, what: QuoteAct, expectedVersion: number) =>
    ask<QuoteView>(`quotes/${part(id)}/${what}`, { expectedVersion }),
  products: (words: string) => ask<PageView<ProductView>>(`products?q=${part(words)}`),
} as const;
