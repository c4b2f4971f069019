/** A quote as it is typed: the texts of its form, what they mean, and what they come to. Pure. */
import { priceQuote, type QuoteFigures } from '../../src/crm/quote/price-quote.ts';
import type { ProductView, QuoteBody, QuoteLineBody, QuoteLineView, QuoteView } from './api/quotes.ts';
import { dateOf } from './due.ts';
import { typedAmount } from './figures.ts';
import { quoteWords } from './words-quotes.ts';

export interface TypedLine {
  /** Tells lines apart while they are typed. */
  key: number;
  productId: string | null;
  name: string;
  spec: string;
  unit: string;
  quantity: string;
  price: string;
  discount: string;
  remark: string;
  listMinor: number | null;
  costMinor: number | null;
}

export interface TypedQuote {
  title: string;
  /** Empty for nobody. */
  contactId: string;
  taxBp: number;
  taxIncluded: boolean;
  /** `YYYY-MM-DD` or empty. */
  validDate: string;
  terms: string;
  remark: string;
  lines: TypedLine[];
}

export type LineFaults = Partial<Record<'name' | 'unit' | 'quantity' | 'price' | 'discount', string>>;

const mostMilli = 1_000_000_000_000;
let lastKey = 0;
export const nextKey = (): number => ++lastKey;

export const typedOf = (quote: QuoteView): TypedQuote => ({
  title: quote.title,
  contactId: quote.contact?.id ?? '',
  taxBp: quote.taxBp,
  taxIncluded: quote.taxIncluded,
  validDate: quote.validUntil === null ? '' : dateOf(quote.validUntil),
  terms: quote.terms ?? '',
  remark: quote.remark ?? '',
  lines: quote.lines.map(lineOf),
});

function lineOf({ quantityMilli, priceMinor, spec, remark, ...rest }: QuoteLineView): TypedLine {
  const { lineMinor: _, ...known } = rest;
  const line = { key: nextKey(), ...known, spec: spec ?? '', remark: remark ?? '', discount: '' };
  const typed = { ...line, quantity: String(quantityMilli / 1000), price: String(priceMinor / 100) };
  return { ...typed, discount: discountOf(typed) };
}

/** One of it, at the catalogue's price. */
export const lineOfProduct = (product: ProductView): TypedLine => ({
  key: nextKey(),
  productId: product.id,
  name: product.name,
  spec: product.spec ?? '',
  unit: product.unit,
  quantity: '1',
  price: product.listMinor === null ? '' : String(product.listMinor / 100),
  discount: product.listMinor ? '10' : '',
  remark: '',
  listMinor: product.listMinor,
  costMinor: product.costMinor,
});

export const freeLine = (): TypedLine => ({
  key: nextKey(),
  productId: null,
  name: '',
  spec: '',
  unit: quoteWords.form.unitDefault,
  quantity: '1',
  price: '',
  discount: '',
  remark: '',
  listMinor: null,
  costMinor: null,
});

const plain = (text: string): string => text.normalize('NFKC').trim();

/** Thousandths; undefined for what is no quantity. */
function milliOf(text: string): number | undefined {
  const said = plain(text).replaceAll(',', '');
  if (!/^\d+(\.\d{1,3})?$/.test(said)) return undefined;
  const milli = Math.round(Number(said) * 1000);
  return milli >= 1 && milli <= mostMilli ? milli : undefined;
}

const minorOf = (text: string): number | undefined => typedAmount(plain(text)) ?? undefined;

/** 9.5 and 95 are the same 折: basis points of the listed price. */
function shareOf(text: string): number | undefined {
  const said = plain(text).replace(/[折%]/g, '');
  if (!/^\d+(\.\d+)?$/.test(said)) return undefined;
  const share = Number(said) <= 10 ? Number(said) * 1000 : Number(said) * 100;
  return share <= 10_000 ? share : undefined;
}

/** The discount in 折 that the price typed comes to; empty without a listed price, or above it. */
export function discountOf({ price, listMinor }: Pick<TypedLine, 'price' | 'listMinor'>): string {
  const minor = minorOf(price);
  if (!listMinor || minor === undefined || minor > listMinor) return '';
  return String(Number(((minor / listMinor) * 10).toFixed(2)));
}

/** The price that the discount typed comes to; null where it comes to none. */
export function discountedPrice({ discount, listMinor }: Pick<TypedLine, 'discount' | 'listMinor'>): string | null {
  const share = shareOf(discount);
  return listMinor === null || share === undefined ? null : String(Math.round((listMinor * share) / 10_000) / 100);
}

export function faultsOf(line: TypedLine): LineFaults {
  const { bad } = quoteWords;
  return {
    ...(line.name.trim() === '' && { name: bad.name }),
    ...(line.unit.trim() === '' && { unit: bad.unit }),
    ...(milliOf(line.quantity) === undefined && { quantity: bad.quantity }),
    ...(minorOf(line.price) === undefined && { price: bad.price }),
    ...(line.discount.trim() !== '' && shareOf(line.discount) === undefined && { discount: bad.discount }),
  };
}

/** What the server is told; null while something does not fit. */
export function bodyOf(typed: TypedQuote): QuoteBody | null {
  const lines = typed.lines.map(bodyOfLine);
  if (typed.title.trim() === '' || lines.includes(null)) return null;
  return {
    title: typed.title.trim(),
    contactId: typed.contactId || null,
    taxBp: typed.taxBp,
    taxIncluded: typed.taxIncluded,
    validUntil: endOfDay(typed.validDate),
    terms: typed.terms.trim() || null,
    remark: typed.remark.trim() || null,
    lines: lines.filter((line) => line !== null),
  };
}

function bodyOfLine(line: TypedLine): QuoteLineBody | null {
  const quantityMilli = milliOf(line.quantity);
  const priceMinor = minorOf(line.price);
  const [name, unit] = [line.name.trim(), line.unit.trim()];
  if (quantityMilli === undefined || priceMinor === undefined || name === '' || unit === '') return null;
  const [spec, remark] = [line.spec.trim() || null, line.remark.trim() || null];
  return { productId: line.productId, name, spec, unit, quantityMilli, priceMinor, remark };
}

/** The last second of a day of the device's calendar, ms; null without a day. */
function endOfDay(date: string): number | null {
  const [year, month, day] = date.split('-').map(Number);
  return year && month && day ? new Date(year, month - 1, day, 23, 59, 59).getTime() : null;
}

/** What does not fit counts as nothing. */
export function figuresOf({
  lines,
  taxBp,
  taxIncluded,
}: Pick<TypedQuote, 'lines' | 'taxBp' | 'taxIncluded'>): QuoteFigures {
  const terms = lines.map(({ quantity, price, listMinor, costMinor }) => ({
    quantityMilli: milliOf(quantity) ?? 0,
    priceMinor: minorOf(price) ?? 0,
    listMinor,
    costMinor,
  }));
  return priceQuote({ lines: terms, taxBp, taxIncluded });
}
