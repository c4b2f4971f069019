/** A quote as an Excel workbook: what stands on its paper, with figures that can be reckoned with. Texts are texts, whatever they begin with. */
import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node';
import type { QuoteDocument } from '../crm/quote/quote-document.ts';
import { capitalWords, dayWords, numberWords, taxWords, totalsOf } from './words.ts';

const WIDTHS = [8, 34, 24, 12, 8, 14, 16];
const MONEY = '#,##0.00';
const QUANTITY = '#,##0.###';
const LINE = { borderStyle: 'thin', borderColor: '#c9ced6' } as const;

/** A text is never read as a formula: its type says so. */
const text = (value: string, more: object = {}): Cell => ({ value, type: String, ...more });
const figure = (value: number, format: string, more: object = {}): Cell => ({ value, type: Number, format, ...more });

export async function writeWorkbook(quote: QuoteDocument): Promise<Buffer> {
  const table = [...heading(quote), ...lines(quote), ...totals(quote), ...foot(quote)];
  const columns = WIDTHS.map((width) => ({ width }));
  const sheet = { sheet: '报价单', columns, orientation: 'landscape' as const };
  return writeExcelFile(table, sheet, { fontFamily: '微软雅黑', fontSize: 10 }).toBuffer();
}

function heading(quote: QuoteDocument): SheetData {
  const { seller } = quote;
  const fact = (name: string, said: string | null): SheetData =>
    said === null || said === '' ? [] : [[text(name, { textColor: '#5c6675' }), text(said)]];
  return [
    ...(quote.company === '' ? [] : [[text(quote.company, { fontWeight: 'bold', fontSize: 14 })]]),
    [text(`报价单 ${numberWords(quote)}`, { fontWeight: 'bold', fontSize: 12 })],
    ...fact('标题', quote.title),
    ...fact('客户', quote.customer),
    ...fact('收件人', quote.contact),
    ...fact('日期', dayWords(quote.date)),
    ...fact('有效期至', quote.validUntil && dayWords(quote.validUntil)),
    ...fact('报价人', [seller.name, seller.phone, seller.email].filter(Boolean).join('  ')),
    ...fact('币种与税', `${quote.currency}，${taxWords(quote)}`),
    [],
  ];
}

function lines(quote: QuoteDocument): SheetData {
  const head = ['序号', '名称', '规格', '数量', '单位', '单价', '金额'];
  return [
    head.map((name) => text(name, { ...LINE, fontWeight: 'bold', backgroundColor: '#e9edf3' })),
    ...quote.lines.map(({ name, spec, quantityMilli, unit, priceMinor, lineMinor }, at) => [
      figure(at + 1, '0', LINE),
      text(name, { ...LINE, wrap: true }),
      text(spec ?? '', { ...LINE, wrap: true }),
      figure(quantityMilli / 1000, QUANTITY, LINE),
      text(unit, LINE),
      figure(priceMinor / 100, MONEY, LINE),
      figure(lineMinor / 100, MONEY, LINE),
    ]),
  ];
}

function totals(quote: QuoteDocument): SheetData {
  const empty = [null, null, null, null, null];
  const capitals = capitalWords(quote.grossMinor, quote.currency);
  return [
    ...totalsOf(quote).map(([name, minor], at, all) => {
      const last = at === all.length - 1 ? { fontWeight: 'bold' } : {};
      return [...empty, text(name, last), figure(minor / 100, MONEY, last)];
    }),
    ...(capitals === null ? [] : [[null, text(`人民币（大写）：${capitals}`)]]),
    [],
  ];
}

function foot({ terms, watermark }: QuoteDocument): SheetData {
  return [
    ...(terms === null
      ? []
      : [[text('条款', { fontWeight: 'bold' })], ...terms.split('\n').map((line) => [null, text(line)])]),
    [],
    [null, text(watermark, { textColor: '#8a94a6' })],
  ];
}
