/** A built page in memory: a name that is not in the build leads nowhere, whatever it looks like. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface Asset {
  /** Content-Type. */
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

export interface BuiltPage {
  readonly index: Asset;
  /** The same for an address one folder deeper: assets are addressed relative to the document. */
  readonly deepIndex: Asset;
  /** By file name; every name changes with its content. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads `index.html` and the flat folder `assets/` that Vite writes. */
export async function loadPage(folder: string): Promise<BuiltPage> {
  const names = await readdir(join(folder, 'assets')).catch(() => []);
  const assets = names.map(async (name) => [name, await loadAsset(join(folder, 'assets', name))] as const);
  const index = await loadAsset(join(folder, 'index.html'));
  const deeper = index.body.toString().replaceAll('"./assets/', '"../assets/');
  const deepIndex = await assetOf(index.type, Buffer.from(deeper));
  return { index, deepIndex, assets: new Map(await Promise.all(assets)) };
}

async function loadAsset(path: string): Promise<Asset> {
  return assetOf(types[extname(path)] ?? 'application/octet-stream', await readFile(path));
}

async function assetOf(type: string, body: Buffer): Promise<Asset> {
  return { type, body, gzipped: await promisify(gzip)(body, { level: 9 }) };
}
