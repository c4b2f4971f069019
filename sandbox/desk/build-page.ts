/** Builds the console page with Vite into a cache folder; sources that were built before are taken from there. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '../console');
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/liaodan-console');

/** Where the page's assets are served. */
const ASSETS_PATH = '/console/';

/** Resolves with the folder that holds `index.html` and its assets. */
export async function buildPage(): Promise<string> {
  const root = await mkdir(CACHE, { recursive: true }).then(
    () => CACHE,
    () => mkdtempSync(join(tmpdir(), 'liaodan-console-')),
  );
  const target = join(root, await fingerprint());
  if (existsSync(join(target, 'index.html'))) return target;
  // Built aside and moved into place, so that nobody sees half a page and two builds at once do no harm.
  const draft = mkdtempSync(join(root, 'draft-'));
  await build(draft);
  await rename(draft, target).catch(async (error: unknown) => {
    if (!existsSync(join(target, 'index.html'))) throw error;
    await rm(draft, { recursive: true, force: true });
  });
  return target;
}

async function build(outDir: string): Promise<void> {
  const [vite, { default: vue }] = await Promise.all([import('vite'), import('@vitejs/plugin-vue')]);
  await vite.build({
    configFile: false,
    root: SOURCE,
    base: ASSETS_PATH,
    logLevel: 'error',
    plugins: [vue()],
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
}

/** Names a build by everything that goes into it. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const lock = join(import.meta.dirname, '../../package-lock.json');
  const files = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  for (const path of [...paths.sort(), import.meta.filename, lock]) {
    hash.update(path).update(await readFile(path).catch(() => ''));
  }
  return hash.digest('hex').slice(0, 20);
}
