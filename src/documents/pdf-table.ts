/** The lines of a quote in columns; a row stays on one page, and every page has the columns' names. */
import type { DocumentLine, QuoteDocument } from '../crm/quote/quote-document.ts';
import { INK, LEFT, QUIET, RIGHT, RULE, type Sheet, strong, WIDTH } from './pdf-sheet.ts';
import { moneyWords, quantityWords } from './words.ts';

interface Column {
  readonly name: string;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
  readonly said: (line: DocumentLine, at: number, quote: QuoteDocument) => string;
}

const PAD = 5;
const SIZE = 9.5;
const BOTTOM = 780;

const COLUMNS: readonly Column[] = [
  { name: '序号', width: 30, align: 'center', said: (_, at) => String(at + 1) },
  { name: '名称', width: 138, align: 'left', said: ({ name }) => name },
  { name: '规格', width: 84, align: 'left', said: ({ spec }) => spec ?? '' },
  { name: '数量', width: 54, align: 'right', said: ({ quantityMilli }) => quantityWords(quantityMilli) },
  { name: '单位', width: 32, align: 'center', said: ({ unit }) => unit },
  {
    name: '单价',
    width: 76,
    align: 'right',
    said: ({ priceMinor }, _, { currency }) => moneyWords(priceMinor, currency),
  },
  {
    name: '金额',
    width: WIDTH - 414,
    align: 'right',
    said: ({ lineMinor }, _, { currency }) => moneyWords(lineMinor, currency),
  },
];

export function drawLines(sheet: Sheet, quote: QuoteDocument): void {
  heading(sheet);
  for (const [at, line] of quote.lines.entries()) {
    const texts = COLUMNS.map(({ said }) => said(line, at, quote));
    sheet.fontSize(SIZE);
    const height = Math.max(...COLUMNS.map((column, n) => heightOf(sheet, texts[n] ?? '', column))) + PAD * 2;
    if (sheet.y + height > BOTTOM) {
      sheet.addPage();
      heading(sheet);
      sheet.fontSize(SIZE);
    }
    row(sheet, texts, height);
  }
}

/** Most cells are of one line: laying them out twice is what a long quote would take its time with. */
function heightOf(sheet: Sheet, text: string, { width, align }: Column): number {
  const room = width - PAD * 2;
  return align === 'right' || sheet.widthOfString(text) <= room
    ? sheet.currentLineHeight(true)
    : sheet.heightOfString(text, { width: room });
}

function heading(sheet: Sheet): void {
  const y = sheet.y;
  const height = 22;
  sheet.save().rect(LEFT, y, WIDTH, height).fillColor('#e9edf3', 0.7).fill().restore();
  sheet.fillColor(INK, 1);
  strong(sheet, SIZE, () =>
    cells(
      sheet,
      COLUMNS.map(({ name }) => name),
      y + 5,
    ),
  );
  rule(sheet, y + height);
  sheet.y = y + height;
}

function row(sheet: Sheet, texts: readonly string[], height: number): void {
  const y = sheet.y;
  sheet.fillColor(INK);
  cells(sheet, texts, y + PAD);
  rule(sheet, y + height);
  sheet.y = y + height;
}

function cells(sheet: Sheet, texts: readonly string[], y: number): void {
  let x = LEFT;
  for (const [n, { width, align }] of COLUMNS.entries()) {
    const text = texts[n] ?? '';
    const room = width - PAD * 2;
    const wide = align === 'right' ? sheet.widthOfString(text) : 0;
    // A figure broken over two lines is read as two.
    if (wide > room) sheet.fontSize(Math.floor((SIZE * room * 10) / wide) / 10);
    sheet.text(text, x + PAD, y, { width: room, align, lineBreak: align !== 'right' });
    if (wide > room) sheet.fontSize(SIZE);
    x += width;
  }
  sheet.x = LEFT;
}

function rule(sheet: Sheet, y: number): void {
  sheet.save().moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.5).strokeColor(RULE).stroke().restore();
  sheet.fillColor(QUIET);
}
