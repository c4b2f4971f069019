/** The calls about quotes and the catalogue, typed by the server's contract. */
import type { PageView } from '../../../src/http/contract/common.ts';
import type { ProductView } from '../../../src/http/contract/product.ts';
import type { MadeQuoteLinkView, QuoteBody, QuoteSummaryView, QuoteView } from '../../../src/http/contract/quote.ts';
import { apiRoot } from '../router.ts';
import type { Asked } from './ask.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { ProductView } from '../../../src/http/contract/product.ts';
export type {
  QuoteBody,
  QuoteLineBody,
  QuoteLineView,
  QuoteLinkView,
  QuoteStatusView,
  QuoteSummaryView,
  QuoteView,
} from '../../../src/http/contract/quote.ts';

export interface MadeLink {
  /** Whole, as the customer opens it. */
  readonly address: string;
  readonly quote: QuoteView;
}

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
  /** Of a draft. */
  remove: (id: string, expectedVersion: number) =>
    ask<{ dealId: string }>(`quotes/${part(id)}/remove`, { expectedVersion }),
  async link(id: string): Promise<Asked<MadeLink>> {
    const made = await ask<MadeQuoteLinkView>(`quotes/${part(id)}/links`, {});
    if (!made.ok) return made;
    const { url, quote } = made.value;
    return { ok: true, value: { quote, address: new URL(url, new URL('../', apiRoot)).href } };
  },
  revoke: (id: string, linkId: string) => ask<QuoteView>(`quotes/${part(id)}/revoke`, { linkId }),
  /** An address that the browser opens by itself. */
  paper: (id: string, kind: 'pdf' | 'xlsx') => new URL(`quotes/${part(id)}/${kind}`, apiRoot).href,
  products: (words: string) => ask<PageView<ProductView>>(`products?q=${part(words)}`),
} as const;
