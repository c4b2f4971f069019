/** Questions about quotes. */
import type { QuoteRow } from '../rows/quotes.ts';

export interface QuoteQueries {
  /** The highest number that begins so, null for none: of `…-999` and `…-1000` the latter. */
  lastQuoteNumber(beginning: string): Promise<string | null>;
  /** With the customer or approved, and past their validity at an instant. */
  quotesPast(at: number, limit: number): Promise<readonly QuoteRow[]>;
}
