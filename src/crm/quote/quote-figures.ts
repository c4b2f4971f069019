/** What the lines of a quote come to: list prices are brought to the footing of its prices. */
import type { QuoteLineRow, QuoteRow } from '../rows/quotes.ts';
import { priceQuote, type QuoteFigures } from './price-quote.ts';

export type PricedLine = Pick<QuoteLineRow, 'quantityMilli' | 'priceMinor' | 'listMinor' | 'costMinor'>;

const MOST_MINOR = 1_000_000_000_000;
const WHOLE_BP = 10_000;

export function figuresOf(
  { taxBp, taxIncluded }: Pick<QuoteRow, 'taxBp' | 'taxIncluded'>,
  lines: readonly PricedLine[],
): QuoteFigures {
  // The catalogue lists with tax; a quote may be without.
  const listOf = ({ listMinor }: PricedLine): number | null =>
    listMinor === null || taxIncluded ? listMinor : Math.round((listMinor * WHOLE_BP) / (WHOLE_BP + taxBp));
  return priceQuote({ taxBp, taxIncluded, lines: lines.map((line) => ({ ...line, listMinor: listOf(line) })) });
}

/** What is kept with the quote, for lists and rules. */
export function keptFigures({
  netMinor,
  grossMinor,
  marginBp,
  discountBp,
}: QuoteFigures): Pick<QuoteRow, 'netMinor' | 'grossMinor' | 'marginBp' | 'discountBp'> {
  return { netMinor, grossMinor, marginBp, discountBp };
}

/** More than anybody sells for, and what no figure can hold exactly. */
export function tooLarge({ grossMinor, profitMinor, marginBp, discountBp }: QuoteFigures): boolean {
  const whole = [profitMinor ?? 0, marginBp ?? 0, discountBp].every((figure) => Number.isSafeInteger(figure));
  return grossMinor > MOST_MINOR || !whole;
}
