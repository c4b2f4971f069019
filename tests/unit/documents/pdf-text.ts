/** The words of a PDF of ours, page by page, read back through the tables that tell which glyph is which character. */
import { inflateSync } from 'node:zlib';

export interface PdfPages {
  readonly pages: readonly string[];
  /** Names of the fonts that are inside it. */
  readonly fonts: readonly string[];
}

export function readPdf(bytes: Buffer): PdfPages {
  const raw = bytes.toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => unpacked(body));
  const characters = new Map<string, string>();
  for (const table of streams.filter((stream) => stream.includes('begincmap'))) readTable(table, characters);
  const pages = streams.filter((stream) => / T[jJ]\b|\]\s*TJ/.test(stream) && !stream.includes('begincmap'));
  return {
    fonts: [...raw.matchAll(/\/FontName \/(\S+)/g)].map(([, name = '']) => name),
    pages: pages.map((page) =>
      [...page.matchAll(/\[([^\]]*)\]\s*TJ/g)].map(([, run = '']) => written(run, characters)).join('\n'),
    ),
  };
}

function unpacked(body: string): string {
  try {
    return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
  } catch {
    return body;
  }
}

const written = (run: string, characters: ReadonlyMap<string, string>): string =>
  [...run.matchAll(/<([0-9a-f]+)>/gi)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((glyph) => characters.get(glyph.toLowerCase()) ?? '\ufffd')
    .join('');

/** `<0000> <00ff> [<7532> <4e59> …]`: the characters of glyphs, one after the other. */
function readTable(table: string, into: Map<string, string>): void {
  for (const [, first = '', list = ''] of table.matchAll(/<([0-9a-f]{4})>\s*<[0-9a-f]{4}>\s*\[([^\]]*)\]/gi))
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f]+)>/gi)].entries()) {
      const glyph = (Number.parseInt(first, 16) + at).toString(16).padStart(4, '0');
      into.set(glyph, Buffer.from(hex, 'hex').swap16().toString('utf16le'));
    }
}
