/** Answers with a quote as a file; on a phone a PDF opens at once, a workbook is kept. */
import type { Context } from 'koa';
import type { QuoteDocument } from '../../crm/quote/quote-document.ts';
import type { FileKind } from '../../documents/job.ts';
import type { Papers } from '../../documents/papers.ts';
import { fileName } from '../../documents/words.ts';

const TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** False, and nothing answered, while too many are being written. */
export async function sendPaper(ctx: Context, papers: Papers, kind: FileKind, quote: QuoteDocument): Promise<boolean> {
  // Whoever asks only for the head gets it without anything being written.
  const bytes = ctx.method === 'HEAD' ? Buffer.alloc(0) : await papers.write(kind, quote);
  if (bytes === null) return false;
  ctx.attachment(`${fileName(quote)}.${kind}`, { type: kind === 'pdf' ? 'inline' : 'attachment' });
  ctx.type = TYPES[kind];
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.body = bytes;
  return true;
}
