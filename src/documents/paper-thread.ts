/** The thread that writes papers, one after the other: what takes 50 to 300 ms must not keep a platform waiting for its answer. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';
import { answerJobs } from '../work/answer-jobs.ts';
import { drawPdf } from './draw-pdf.ts';
import type { Job } from './job.ts';
import { writeWorkbook } from './quote-workbook.ts';

const require = createRequire(import.meta.url);

/** Noto Sans Hans (OFL-1.1): 30,000 characters, the rare ones of names among them. */
const fontFile = (): string =>
  join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf');

/** Read once: a paper is then written in a fifth of the time, and none leaves its own copy behind. */
let font: Font | null = null;

function readFont(): Font {
  const read = create(readFileSync(fontFile()));
  if (!('layout' in read)) throw new Error('the font is a collection of fonts');
  return read;
}

answerJobs(async ({ kind, quote }: Job) => {
  font ??= readFont();
  return kind === 'pdf' ? drawPdf(quote, font) : writeWorkbook(quote);
});
