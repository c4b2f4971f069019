/** What the thread that writes papers is asked. */
import type { QuoteDocument } from '../crm/quote/quote-document.ts';

export type FileKind = 'pdf' | 'xlsx';

export interface Job {
  readonly kind: FileKind;
  readonly quote: QuoteDocument;
}
