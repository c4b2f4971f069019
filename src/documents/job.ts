/** What the thread that writes papers is asked, and what it answers. */
import type { QuoteDocument } from '../crm/quote/quote-document.ts';

export type FileKind = 'pdf' | 'xlsx';

export interface Job {
  readonly id: number;
  readonly kind: FileKind;
  readonly quote: QuoteDocument;
}

export type JobDone =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly fault: string };
