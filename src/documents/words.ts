/** How a quote's figures and days are written for a customer: money with its sign, quantities without idle noughts, sums in capital numerals. Pure. */
import type { QuoteDocument } from '../crm/quote/quote-document.ts';

const SIGNS: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: '¥' };

/** 1234567 fen → ¥12,345.67 */
export function moneyWords(minor: number, currency: string): string {
  const sign = SIGNS[currency] ?? `${currency} `;
  return `${minor < 0 ? '-' : ''}${sign}${grouped(Math.trunc(Math.abs(minor) / 100))}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
}

/** 2500 thousandths → 2.5 */
export function quantityWords(milli: number): string {
  const rest = String(milli % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return grouped(Math.trunc(milli / 1000)) + (rest === '' ? '' : `.${rest}`);
}

const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

/** 1300 → 13% */
const rateWords = (bp: number): string => `${bp / 100}%`;

/** 2026-11-03 → 2026年11月3日 */
export function dayWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** Q20261122-001（第 2 版） */
export const numberWords = ({ number, revision }: Pick<QuoteDocument, 'number' | 'revision'>): string =>
  revision === 1 ? number : `${number}（第 ${revision} 版）`;

/** 单价含税 13% */
export const taxWords = ({ taxBp, taxIncluded }: Pick<QuoteDocument, 'taxBp' | 'taxIncluded'>): string =>
  taxBp === 0 ? '不含税' : `单价${taxIncluded ? '含' : '不含'}税，税率 ${rateWords(taxBp)}`;

/** The rows below the lines, the sum last. */
export function totalsOf(quote: QuoteDocument): readonly (readonly [name: string, minor: number])[] {
  const { taxBp, netMinor, taxMinor, grossMinor } = quote;
  if (taxBp === 0) return [['合计', grossMinor]];
  return [
    ['未税金额', netMinor],
    [`税额（${rateWords(taxBp)}）`, taxMinor],
    ['含税合计', grossMinor],
  ];
}

/** What a file of it is called, without its ending. */
export const fileName = ({ number, revision }: Pick<QuoteDocument, 'number' | 'revision'>): string =>
  `报价单-${number}${revision === 1 ? '' : `-第${revision}版`}`;

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const MYRIADS = ['', '万', '亿', '万亿'];

/** 107100 fen → 壹仟零柒拾壹元整: as sums stand on Chinese papers; null in other currencies. */
export function capitalWords(minor: number, currency: string): string | null {
  if (currency !== 'CNY' || minor < 0) return null;
  const yuan = Math.trunc(minor / 100);
  const [jiao, fen] = [Math.trunc(minor / 10) % 10, minor % 10];
  const whole = yuan === 0 ? '' : `${capitalWhole(yuan)}元`;
  if (jiao === 0 && fen === 0) return `${whole || '零元'}整`;
  const between = jiao === 0 && whole !== '' ? '零' : '';
  return whole + (jiao === 0 ? between : `${DIGITS[jiao]}角`) + (fen === 0 ? '整' : `${DIGITS[fen]}分`);
}

/** Four places at a time; noughts between what is said are said once. */
function capitalWhole(yuan: number): string {
  const digits = String(yuan);
  const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, '0');
  let words = '';
  let nought = false;
  for (let at = 0; at < padded.length; at += 4) {
    const group = padded.slice(at, at + 4);
    for (const [place, digit] of [...group].entries()) {
      if (digit !== '0') words += (nought ? '零' : '') + DIGITS[Number(digit)] + PLACES[3 - place];
      nought = digit === '0' && words !== '';
    }
    if (group !== '0000') words += MYRIADS[(padded.length - at) / 4 - 1];
  }
  return words;
}
