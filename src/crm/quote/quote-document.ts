/**
 * A quote as the customer reads it, on the page, on paper and in a workbook. What is not in here nobody outside the
 * company learns: no cost and no margin, no list price and no discount, neither the quote's nor a line's remark, which
 * colleagues write for one another.
 */
import { NAMELESS } from '../names.ts';
import type { QuoteLineRow, QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { figuresOf } from './quote-figures.ts';
import { linesOf } from './quote-lines.ts';

export interface QuoteDocument {
  /** What the company that offers is called; empty where nobody has said. */
  readonly company: string;
  readonly number: string;
  /** 1, 2, … */
  readonly revision: number;
  readonly title: string;
  readonly customer: string;
  /** To whom it is addressed. */
  readonly contact: string | null;
  readonly seller: { readonly name: string; readonly phone: string | null; readonly email: string | null };
  readonly currency: string;
  /** 1300 is 13 %. */
  readonly taxBp: number;
  /** The prices of the lines have the tax in them. */
  readonly taxIncluded: boolean;
  readonly lines: readonly DocumentLine[];
  /** Fen: without tax, the tax, with it. */
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
  /** `YYYY-MM-DD` in the company's time. */
  readonly date: string;
  /** The last day on which it stands; null for no end. */
  readonly validUntil: string | null;
  readonly terms: string | null;
  /** Across every page: for whom it is, which one it is, and the day on which it was looked at. */
  readonly watermark: string;
}

export interface DocumentLine extends Pick<QuoteLineRow, 'name' | 'spec' | 'unit' | 'quantityMilli' | 'priceMinor'> {
  readonly lineMinor: number;
}

export async function quoteDocument(tx: Tx, quote: QuoteRow, company: string): Promise<QuoteDocument> {
  const lines = await linesOf(tx, quote.id);
  const { lineMinor, netMinor, taxMinor, grossMinor } = figuresOf(quote, lines);
  const customer = (await tx.customer.get(quote.customerId))?.name ?? '';
  const { number, revision, title, currency, taxBp, taxIncluded, validUntil, terms } = quote;
  const { calendar } = tx.active;
  return {
    ...{ number, revision, title, customer, currency, taxBp, taxIncluded, terms },
    ...{ netMinor, taxMinor, grossMinor },
    company: company === NAMELESS.company ? '' : company,
    contact: quote.contactId === null ? null : ((await tx.contact.get(quote.contactId))?.name ?? null),
    seller: await sellerOf(tx, quote.ownerId),
    lines: lines.map(({ name, spec, unit, quantityMilli, priceMinor }, index) => ({
      ...{ name, spec, unit, quantityMilli, priceMinor },
      lineMinor: lineMinor[index] ?? 0,
    })),
    date: calendar.localDate(quote.submittedAt ?? quote.createdAt),
    validUntil: validUntil === null ? null : calendar.localDate(validUntil),
    watermark: `${customer} ${number} ${calendar.localDate(tx.now)}`,
  };
}

async function sellerOf(tx: Tx, staffId: string): Promise<QuoteDocument['seller']> {
  const name = (await tx.staff.get(staffId))?.name ?? '';
  const profile = tx.active.policy.quotes.sellerContact ? await tx.staffProfile.get(staffId) : null;
  return { name, phone: profile?.phone ?? null, email: profile?.email ?? null };
}
