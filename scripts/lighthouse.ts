// What Lighthouse says of our pages on a phone: performance, accessibility and best practices (`npm run lighthouse`).

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import lighthouse, { type Result } from 'lighthouse';
import { chromium } from 'playwright-core';
import { settled } from '../sandbox/flows/flow.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import { freePort } from '../tests/support/services/free-port.ts';
import { CHROMIUM_FLAGS, findChromium } from '../tests/support/services/installed.ts';
import { startFirstRun } from '../tests/web/setup-support.ts';

/** Out of 100, the least that each may be. */
const wanted = { performance: 90, accessibility: 95, 'best-practices': 95 } as const;
type Category = keyof typeof wanted;
const categories = Object.keys(wanted) as Category[];

const { values, positionals } = parseArgs({
  // `--runs 1` for a quick look; names of pages for some of them; `--report FILE` keeps the last page's findings.
  options: { runs: { type: 'string', default: '5' }, report: { type: 'string' } },
  allowPositionals: true,
});
const runs = Number(values.runs);

const executablePath = findChromium();
if (!executablePath) {
  console.error('no Chromium here: npm run setup:test');
  process.exit(2);
}
const port = await freePort();
const browser = await chromium.launch({
  executablePath,
  args: [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`],
});
const sandbox = await startSandbox({ logLevel: 'error' });
/** A company's first morning: the set-up page is there only then. */
const firstRun = await startFirstRun();
let failed = false;
try {
  for (const url of [`${sandbox.url}/app/today`, `${firstRun.url}/app/setup`]) await pageReady(url);
  const pages = await addresses(sandbox);
  console.log(['', ...categories].map((name) => name.padEnd(16)).join(''));
  for (const [name, open] of Object.entries(pages)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const results: Result[] = [];
    for (let run = 0; run < runs; run += 1) results.push(await look(open()));
    const scores = categories.map((category) => middle(results.map((result) => scoreOf(result, category))));
    const fails = categories.filter((category, n) => (scores[n] ?? 0) < wanted[category]);
    const mark = fails.length === 0 ? '✓' : '✗';
    console.log(`${`${mark} ${name}`.padEnd(16)}${scores.map((score) => String(score).padEnd(16)).join('')}`);
    for (const line of complaints(results.at(-1), fails)) console.log(line);
    failed ||= fails.length > 0;
    if (values.report) writeFileSync(values.report, JSON.stringify(results.at(-1)));
  }
  console.log(`median of ${runs}, mobile preset; load average ${(loadavg()[0] ?? 0).toFixed(1)}`);
} finally {
  await browser.close();
  await sandbox.close();
  await firstRun[Symbol.asyncDispose]();
}
process.exit(failed ? 1 : 0);

/** Pages as the client of 李娜 opens them, signed in by it: each opening has a code of its own. */
async function addresses(world: Sandbox): Promise<Readonly<Record<string, () => string>>> {
  const { platform, company } = world;
  platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，3000 套，规格书发您邮箱了');
  await settled(world);
  const [customer] = await world.app.look((tx) => tx.customer.list({ name: '宁波恒锐机电' }));
  const at = (path: string, chat?: typeof company.chats.hengrui) => () =>
    platform.openPage(company.staff.lina, `${world.url}/app/${path}?platform=feishu`, chat);
  return {
    chat: at('customer', company.chats.hengrui),
    customer: at(`customers/${customer?.id}`),
    deal: at(`deals/${company.deals.bearing}`),
    today: at('today'),
    search: at('search'),
    setup: () => `${firstRun.url}/app/setup`,
  };
}

/** One run of the mobile preset, which is Lighthouse's own default. */
async function look(url: string): Promise<Result> {
  const ran = await lighthouse(url, { port, logLevel: 'error', onlyCategories: categories, locale: 'zh' });
  if (!ran) throw new Error('Lighthouse gave no result');
  if (ran.lhr.runtimeError) throw new Error(ran.lhr.runtimeError.message);
  return ran.lhr;
}

function scoreOf({ categories: found }: Result, category: Category): number {
  return Math.round(100 * (found[category]?.score ?? 0));
}

/** What was found in the categories that fell short. */
function complaints(result: Result | undefined, fails: readonly Category[]): string[] {
  if (!result) return [];
  return fails.flatMap((category) =>
    (result.categories[category]?.auditRefs ?? [])
      .map(({ id }) => result.audits[id])
      .filter((audit) => audit !== undefined && audit.score !== null && audit.score < 0.9)
      .map((audit) => `    ${category}: ${audit?.id} ${audit?.displayValue ?? ''}`.trimEnd()),
  );
}

function middle(scores: readonly number[]): number {
  return [...scores].sort((a, b) => a - b)[Math.floor(scores.length / 2)] ?? 0;
}

/** The first visitor begins the build of the pages. */
async function pageReady(url: string): Promise<void> {
  for (;;) {
    const { status } = await fetch(url);
    if (status === 200) return;
    if (status !== 503) throw new Error(`the pages answer ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
