/** Builds a page into a folder named after everything that goes into it; what was built before is taken from there. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface PageSource {
  /** Folder of `index.html` and all that it loads. */
  readonly source: string;
  /** Where builds are kept, each in a folder of its own; made when it is missing, and replaced by a temporary one when it cannot be written. */
  readonly output: string;
  /** Address of the assets: an absolute path, or `./` for a page that may live under any prefix. */
  readonly base: string;
}

const builder = fileURLToPath(import.meta.resolve('./run-vite.ts'));
const lockFile = join(import.meta.dirname, '../../package-lock.json');

/** What a build may know of the environment: where programs and temporary files are, no settings, no secrets. */
const handedOn = ['PATH', 'Path', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

/**
 * The folder of the finished build of exactly these sources, or null. Without sources (an image that carries only the
 * build) it is the one build there is.
 */
export async function findBuild({ source, output }: Pick<PageSource, 'source' | 'output'>): Promise<string | null> {
  const builds = (await names(output)).filter((name) => existsSync(join(output, name, 'index.html')));
  const wanted = existsSync(join(source, 'index.html')) ? await fingerprint(source) : null;
  const found = wanted === null && builds.length === 1 ? builds[0] : builds.find((name) => name === wanted);
  return found === undefined ? null : join(output, found);
}

/**
 * Resolves with the folder of the build, which is made unless it is there already; older builds are removed then.
 * Rejects when the sources do not build, with what the builder said, or when `signal` ends it.
 */
export async function buildPage(page: PageSource, signal?: AbortSignal): Promise<string> {
  const ready = await findBuild(page);
  if (ready !== null) return ready;
  const output = await writable(page.output);
  const target = join(output, await fingerprint(page.source));
  // Built aside and moved into place, so that nobody sees half a page and two builds at once do no harm.
  const draft = await mkdtemp(join(output, '.draft-'));
  try {
    await runBuilder(page, draft, signal);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(join(target, 'index.html'))) throw error;
  }
  const older = (await names(output)).filter((name) => !name.startsWith('.') && name !== basename(target));
  for (const name of older) await rm(join(output, name), { recursive: true, force: true });
  return target;
}

/** In a process of its own: the builder takes a second of CPU and 100 MB, which a server that answers callbacks has not to spare. */
async function runBuilder({ source, base }: PageSource, outDir: string, signal?: AbortSignal): Promise<void> {
  const known = handedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  await promisify(execFile)(process.execPath, [builder, source, base, outDir], {
    env: { ...Object.fromEntries(known), NODE_ENV: 'production' },
    ...(signal && { signal }),
  });
}

/** A name made of all source files, the versions of what is installed, and the way of building. */
async function fingerprint(source: string): Promise<string> {
  const files = await readdir(source, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    // Relative, so that a build made elsewhere (an image) is recognised.
    hash.update(`${relative(source, path).replaceAll('\\', '/')}\0`).update(await readFile(path));
  }
  for (const path of [builder, lockFile]) hash.update(await readFile(path).catch(() => ''));
  return hash.digest('hex').slice(0, 20);
}

/** The folder itself, or a fresh one elsewhere on a read-only disk: a known name there could be somebody else's trap. */
async function writable(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtemp(join(tmpdir(), 'liaodan-pages-'));
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
