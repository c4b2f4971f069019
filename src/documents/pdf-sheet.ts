/** Measures and inks of a paper, and how something is made to stand out with one font. */
export type Sheet = PDFKit.PDFDocument;

/** A4 is 595 × 842 points. */
export const LEFT = 44;
export const RIGHT = 595 - LEFT;
export const WIDTH = RIGHT - LEFT;
export const INK = '#1d2129';
export const QUIET = '#5c6675';
export const RULE = '#c9ced6';

/** A second font would double what is embedded: the letters are drawn with an edge instead. */
export function strong(sheet: Sheet, size: number, write: () => void): void {
  sheet.save();
  sheet
    .fontSize(size)
    .fillColor(INK)
    .strokeColor(INK)
    .lineWidth(size / 36);
  const page = sheet.page;
  sheet.addContent('2 Tr');
  write();
  if (sheet.page === page) sheet.addContent('0 Tr');
  sheet.restore();
  sheet.fillColor(INK);
}
