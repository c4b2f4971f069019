/** A quote on paper: A4, its lines in a table that goes on over pages, a watermark across each of them. */
import type { Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { QuoteDocument } from '../crm/quote/quote-document.ts';
import { INK, LEFT, QUIET, RIGHT, type Sheet, strong, WIDTH } from './pdf-sheet.ts';
import { drawLines } from './pdf-table.ts';
import { capitalWords, dayWords, moneyWords, numberWords, taxWords, totalsOf } from './words.ts';

const FOOT = 800;

/** `font`: a file that knows the characters, of which only those that are used go into the paper. */
export async function drawPdf(quote: QuoteDocument, font: Font): Promise<Buffer> {
  const sheet = new PDFDocument({
    ...{
      size: 'A4',
      margins: { top: 44, bottom: 56, left: LEFT, right: LEFT },
      bufferPages: true,
      autoFirstPage: false,
    },
    ...{ lang: 'zh-CN', displayTitle: true, font: '' },
    info: { Title: `报价单 ${numberWords(quote)}`, Author: quote.company, Creator: '聊单' },
  });
  const whole = collect(sheet);
  // The types of pdfkit do not know that it takes a font that is read already.
  sheet.registerFont('text', font as unknown as Buffer);
  sheet.font('text');
  sheet.on('pageAdded', () => watermark(sheet, quote.watermark));
  sheet.addPage();
  head(sheet, quote);
  drawLines(sheet, quote);
  totals(sheet, quote);
  rest(sheet, quote);
  number(sheet, quote);
  sheet.end();
  return whole;
}

function collect(sheet: Sheet): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    sheet.on('data', (chunk: Buffer) => chunks.push(chunk));
    sheet.on('end', () => resolve(Buffer.concat(chunks)));
    sheet.on('error', reject);
  });
}

/** Beneath what is written, from edge to edge, light enough to read through. */
function watermark(sheet: Sheet, words: string): void {
  const { width, height } = sheet.page;
  sheet.save();
  sheet.rotate(-30, { origin: [width / 2, height / 2] });
  sheet.fontSize(15).fillColor('#8a94a6', 0.16);
  const across = sheet.widthOfString(words) + 70;
  for (let y = -height * 0.2, row = 0; y < height * 1.2; y += 96, row += 1)
    for (let x = -width * 0.5 - (row % 2) * (across / 2); x < width * 1.5; x += across)
      sheet.text(words, x, y, { lineBreak: false });
  sheet.restore();
  sheet.fillColor(INK, 1).fontSize(10);
  sheet.x = LEFT;
  sheet.y = sheet.page.margins.top;
}

function head(sheet: Sheet, quote: QuoteDocument): void {
  if (quote.company !== '') strong(sheet, 13, () => sheet.text(quote.company, LEFT, sheet.y, { width: WIDTH }));
  sheet.moveDown(0.6);
  strong(sheet, 20, () => sheet.text('报价单', { align: 'center', width: WIDTH }));
  sheet.fontSize(11).text(quote.title, { align: 'center', width: WIDTH });
  sheet.moveDown(0.8);
  const { seller } = quote;
  const facts: readonly (readonly [string, string])[] = [
    ['客户', quote.customer],
    ['编号', numberWords(quote)],
    ['收件人', quote.contact ?? ''],
    ['日期', dayWords(quote.date)],
    ['报价人', seller.name],
    ['有效期至', quote.validUntil === null ? '' : dayWords(quote.validUntil)],
    ['联系方式', [seller.phone, seller.email].filter((one) => one !== null).join('  ')],
    ['币种与税', `${quote.currency}，${taxWords(quote)}`],
  ];
  pairs(sheet, facts);
}

/** Two beside one another; what says nothing is left out on its side. */
function pairs(sheet: Sheet, facts: readonly (readonly [string, string])[]): void {
  sheet.fontSize(10);
  for (let at = 0; at < facts.length; at += 2) {
    const y = sheet.y;
    const bottoms = facts.slice(at, at + 2).map(([name, said], side) => {
      if (said === '') return y;
      const x = side === 0 ? LEFT : LEFT + WIDTH * 0.56;
      sheet.fillColor(QUIET).text(name, x, y, { width: 54, lineBreak: false });
      sheet.fillColor(INK).text(said, x + 56, y, { width: (side === 0 ? WIDTH * 0.56 : WIDTH * 0.44) - 66 });
      return sheet.y;
    });
    sheet.y = Math.max(...bottoms) + (Math.max(...bottoms) > y ? 3 : 0);
  }
  sheet.x = LEFT;
  sheet.moveDown(0.5);
}

function totals(sheet: Sheet, quote: QuoteDocument): void {
  const rows = totalsOf(quote);
  room(sheet, rows.length * 18 + 40);
  sheet.y += 8;
  for (const [at, [name, minor]] of rows.entries()) {
    const last = at === rows.length - 1;
    const y = sheet.y;
    const write = (): void => {
      sheet.text(name, LEFT + WIDTH - 260, y, { width: 130, align: 'right', lineBreak: false });
      sheet.text(moneyWords(minor, quote.currency), RIGHT - 126, y, { width: 120, align: 'right', lineBreak: false });
    };
    if (last) strong(sheet, 12, write);
    else {
      sheet.fontSize(10).fillColor(QUIET);
      write();
    }
    sheet.fillColor(INK);
    sheet.y = y + (last ? 20 : 17);
  }
  const capitals = capitalWords(quote.grossMinor, quote.currency);
  if (capitals !== null)
    sheet.fontSize(10).text(`人民币（大写）：${capitals}`, LEFT, sheet.y, { width: WIDTH - 6, align: 'right' });
}

function rest(sheet: Sheet, { terms }: QuoteDocument): void {
  if (terms === null) return;
  room(sheet, 60);
  sheet.moveDown(1);
  strong(sheet, 11, () => sheet.text('条款', LEFT, sheet.y, { width: WIDTH }));
  sheet.moveDown(0.3);
  sheet.fontSize(10).text(terms, { width: WIDTH, lineGap: 3 });
}

/** A page of its own, where less than this is left. */
function room(sheet: Sheet, height: number): void {
  if (sheet.y + height > FOOT - 20) sheet.addPage();
}

function number(sheet: Sheet, quote: QuoteDocument): void {
  const { count } = sheet.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    sheet.switchToPage(at);
    // Below the margin, where text would begin a page of its own.
    sheet.page.margins.bottom = 0;
    sheet.fontSize(8).fillColor(QUIET);
    sheet.text(`${quote.company}  ${numberWords(quote)}`, LEFT, FOOT, { width: WIDTH * 0.75, lineBreak: false });
    sheet.text(`第 ${at + 1} 页，共 ${count} 页`, RIGHT - 100, FOOT, { width: 100, align: 'right', lineBreak: false });
  }
}
