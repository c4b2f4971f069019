/** The words across a page, again and again, slanted: drawn by the browser, without a picture and without a style of its own. */
import { type Html, html } from './html.ts';

const SIZE = 15;
const GAP = 60;
const WIDE = /[\u2e80-\uffef]/;

export function watermark(words: string): Html {
  const width = Math.ceil([...words].reduce((sum, sign) => sum + (WIDE.test(sign) ? SIZE : SIZE * 0.6), 0)) + GAP;
  const height = 150;
  // Every second row begins half a width later.
  const text = (x: number, y: number): Html => html`<text x="${x}" y="${y}">${words}</text>`;
  return html`<svg class="watermark" aria-hidden="true" width="100%" height="100%"><defs><pattern id="mark" patternUnits="userSpaceOnUse" width="${width}" height="${height}" patternTransform="rotate(-30)">${[
    text(0, 30),
    text(-width / 2, 105),
    text(width / 2, 105),
  ]}</pattern></defs><rect width="100%" height="100%" fill="url(#mark)"/></svg>`;
}
