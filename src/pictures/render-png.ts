/** Turns a drawing into a PNG in a thread of the library's own: nobody waits for it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Chart } from '../crm/picture/chart.ts';
import { drawChart } from './draw-chart.ts';

/** Noto Sans Hans (OFL-1.1) as it comes with its package: the same on every machine, also where no font is installed. */
function fontFiles(): string[] {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  const folder = join(dirname(entry), '../fonts');
  return ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'].map((name) => join(folder, name));
}

/** Some 25 KB and 150 ms of another thread. Rejects where the library does not run on this machine: words go alone then. */
export async function renderChart(chart: Chart): Promise<Buffer> {
  // 4 MB of native code, once a day: loaded when it is wanted.
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Noto Sans Hans' };
  return (await renderAsync(drawChart(chart), { font })).asPng();
}
