/** The pages that people open inside a chat client: built when they have to be, beside the running server. */
import { join } from 'node:path';
import { describeError, type Log } from '../log.ts';
import { buildPage, type PageSource } from './build.ts';
import { type BuiltPage, loadPage } from './load.ts';

export interface Pages {
  /** The built page; null while it is being prepared, which this call begins, or after it failed. */
  current(): BuiltPage | null;
  /** Whether the last try to build failed; another follows by itself. */
  failed(): boolean;
  /** Begins to prepare unless that was begun; never rejects. Resolves when it is done, well or not. */
  prepare(): Promise<void>;
  /** Ends a build under way. */
  stop(): Promise<void>;
}

const project = join(import.meta.dirname, '../..');

/** `npm run build` writes here; assets are addressed relatively, since a proxy may put us under a prefix. */
export const sidebarPage: PageSource = {
  source: join(project, 'sidebar-web'),
  output: join(project, 'dist/sidebar-web'),
  base: './',
};

/** A build that failed is tried again by a request after so long: somebody may have mended it. */
const pauseMs = 30_000;

export function createPages(options: { log: Log; now: () => number; page?: PageSource }): Pages {
  const { log, now, page = sidebarPage } = options;
  const ending = new AbortController();
  let built: BuiltPage | null = null;
  let work: Promise<void> | null = null;
  let failedAt: number | null = null;

  async function build(): Promise<void> {
    try {
      built = await loadPage(await buildPage(page, ending.signal));
      failedAt = null;
      log.info({ assets: built.assets.size }, 'pages ready');
    } catch (error) {
      failedAt = now();
      if (!ending.signal.aborted) log.error({ ...describeError(error), said: lastWords(error) }, 'pages not built');
    }
  }

  const prepare = (): Promise<void> => {
    if (failedAt !== null && now() - failedAt > pauseMs) {
      failedAt = null;
      work = null;
    }
    work ??= build();
    return work;
  };

  return {
    current() {
      if (built === null && !ending.signal.aborted) void prepare();
      return built;
    },
    failed: () => failedAt !== null,
    prepare,
    async stop() {
      ending.abort();
      await work;
    },
  };
}

/** What the builder printed, which is about our own sources. */
function lastWords(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  return said.trim().slice(0, 500);
}
