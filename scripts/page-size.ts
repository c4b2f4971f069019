// What a phone fetches before the page beside a chat can be used, against what we allow it (`npm run check`).

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPage } from '../src/pages/build.ts';
import { sidebarPage } from '../src/pages/pages.ts';

/** kB as networks count them, packed as the server packs them. */
const allowed = { js: 95, css: 20 } as const;
/** The page, what stands around it, and the bridge to one client: the largest counts. */
const wanted = ['FrameView', 'ChatCustomer'];
const bridges = ['wecom', 'feishu', 'dingtalk', 'plain'];

const folder = await buildPage(sidebarPage);
const names = readdirSync(join(folder, 'assets'));
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const scripts = names.filter((name) => name.endsWith('.js'));
const size = (name: string): number => gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length;

/** The file of a chunk; a page that lost its name would be measured as nothing. */
function chunk(name: string): string {
  const found = scripts.find((file) => file.replace(/-[\w-]{8}\.js$/, '') === name);
  if (found === undefined) throw new Error(`the build has no chunk ${name}`);
  return found;
}

/** A script with the scripts it imports and the styles that come with its import from anywhere. */
function withParts(file: string, known: Set<string>): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  if (!file.endsWith('.js')) return known;
  for (const [, part] of text(`assets/${file}`).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
    if (part) withParts(part, known);
  }
  for (const style of scripts.flatMap((script) => stylesWith(file, text(`assets/${script}`)))) known.add(style);
  return known;
}

/** Vite writes beside each import on demand the numbers of what else it needs, and the list of those once per file. */
function stylesWith(file: string, script: string): string[] {
  const list = /m\.f=(\[[^\]]*\])/.exec(script)?.[1];
  const escaped = file.replaceAll('.', '\\.');
  const numbers = new RegExp(`import\\([\`"']\\./${escaped}[\`"']\\),__vite__mapDeps\\((\\[[\\d,]*\\])\\)`).exec(
    script,
  )?.[1];
  if (!list || !numbers) return [];
  const parts = JSON.parse(list) as string[];
  return (JSON.parse(numbers) as number[])
    .map((number) => (parts[number] ?? '').replace('./', ''))
    .filter((name) => name.endsWith('.css'));
}

const first = new Set<string>();
for (const [, name] of text('index.html').matchAll(/\.\/assets\/([\w.-]+)/g)) if (name) withParts(name, first);
for (const name of wanted) withParts(chunk(name), first);
const present = bridges.filter((name) => scripts.some((file) => file.startsWith(`${name}-`)));
const sum = (files: Iterable<string>, ending: string): number =>
  [...files].filter((name) => name.endsWith(ending)).reduce((total, name) => total + size(name), 0);
const heaviest = Math.max(0, ...present.map((name) => sum(withParts(chunk(name), new Set(first)), '.js')));
const measured = { js: Math.max(heaviest, sum(first, '.js')) / 1000, css: sum(first, '.css') / 1000 };

for (const kind of ['js', 'css'] as const) {
  const words = `${kind} ${measured[kind].toFixed(1)} kB of ${allowed[kind]} kB (gzip)`;
  console.log(words);
  if (measured[kind] > allowed[kind]) process.exitCode = 1;
}
