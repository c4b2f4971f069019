/** Building pages: once for the same sources, anew for others, nothing left behind, and where nothing can be built. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { buildPage, findBuild } from '../../../src/pages/build.ts';
import { createPages } from '../../../src/pages/pages.ts';

let root: string;
let page: { source: string; output: string; base: string };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'liaodan-build-'));
  page = { source: join(root, 'source'), output: join(root, 'out'), base: './' };
  mkdirSync(page.source);
  write('index.html', '<!doctype html><script type="module" src="./main.ts"></script>');
  write('main.ts', 'document.title = "one" as string;');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(page.source, name), text);
const pages = () => createPages({ log: createLog('silent'), now: Date.now, page });

describe('buildPage', () => {
  it('builds once, recognises its build, and replaces it when a source changes', async () => {
    expect(await findBuild(page)).toBeNull();
    const first = await buildPage(page);
    const { mtimeMs } = statSync(join(first, 'index.html'));
    expect(await buildPage(page)).toBe(first);
    expect(statSync(join(first, 'index.html')).mtimeMs).toBe(mtimeMs);
    write('main.ts', 'document.title = "two" as string;');
    const second = await buildPage(page);
    expect(second).not.toBe(first);
    expect(readdirSync(page.output)).toEqual([second.slice(page.output.length + 1)]);
  });

  it('does no harm when two build at once', async () => {
    const [left, right] = await Promise.all([buildPage(page), buildPage(page)]);
    expect(left).toBe(right);
    expect(existsSync(join(left, 'index.html'))).toBe(true);
    expect(readdirSync(page.output)).toHaveLength(1);
  });

  it('takes the one build there is where the sources are absent', async () => {
    const built = await buildPage(page);
    rmSync(page.source, { recursive: true });
    expect(await findBuild(page)).toBe(built);
  });

  it('leaves nothing behind when the sources do not build', async () => {
    write('main.ts', 'import "./gone.ts"');
    await expect(buildPage(page)).rejects.toMatchObject({ stderr: expect.stringContaining('gone.ts') });
    expect(readdirSync(page.output)).toEqual([]);
  });
});

describe('createPages', () => {
  it('has nothing at first, builds in the background, and then serves from memory', async () => {
    const built = pages();
    expect(built.current()).toBeNull();
    await built.prepare();
    rmSync(page.output, { recursive: true });
    expect(built.current()?.index.body.toString()).toContain('assets/index-');
    expect([...(built.current()?.assets.keys() ?? [])]).toEqual([expect.stringMatching(/^index-.+\.js$/)]);
  });

  it('builds elsewhere where the project cannot be written', async () => {
    // A file stands where the folder should be: what a read-only disk does, also for root.
    writeFileSync(page.output, '');
    const built = pages();
    await built.prepare();
    expect(built.current()).not.toBeNull();
  });

  it('says that it failed, and tries again when some time has passed', async () => {
    let ahead = 0;
    write('main.ts', 'import "./gone.ts"');
    const built = createPages({ log: createLog('silent'), now: () => Date.now() + ahead, page });
    await built.prepare();
    expect(built.failed()).toBe(true);
    write('main.ts', 'document.title = "mended"');
    await built.prepare();
    expect(built.current()).toBeNull();
    ahead = 60_000;
    await built.prepare();
    expect(built.failed()).toBe(false);
    expect(built.current()).not.toBeNull();
  });

  it('ends a build under way', async () => {
    const built = pages();
    built.current();
    await built.stop();
    expect(built.current()).toBeNull();
    expect(existsSync(page.output) ? readdirSync(page.output) : []).toEqual([]);
  });
});
