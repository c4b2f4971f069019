// A company's first morning: an empty database, a server started as `npm start` does it, and platforms that know nobody yet.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { mountDingtalk } from '../../sandbox/mounts/dingtalk.ts';
import { mountFeishu } from '../../sandbox/mounts/feishu.ts';
import { mountWecom } from '../../sandbox/mounts/wecom.ts';
import { runCli } from '../support/run-cli.ts';
import { freePort } from '../support/services/free-port.ts';

/** All that a server may know of a platform before it is set up: where it is. */
const ADDRESSES = /_(API_BASE|OAPI_BASE|OAUTH_BASE|JS_SDK_URL|BOT_URL)$/;
const PATIENCE_MS = 60_000;

export interface FirstRun extends AsyncDisposable {
  readonly url: string;
  /** From the server's log. */
  readonly code: string;
  readonly feishu: ReturnType<typeof mountFeishu>;
  readonly wecom: ReturnType<typeof mountWecom>;
  readonly dingtalk: ReturnType<typeof mountDingtalk>;
  /** A tool of the command line beside the running server. */
  run(...args: readonly string[]): ReturnType<typeof runCli>;
}

export async function startFirstRun(): Promise<FirstRun> {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-setup-'));
  const platforms = await listenForPlatforms();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const common = { url: platforms.url, now: Date.now };
  const feishu = mountFeishu({ ...common, mode: 'websocket', given: {} });
  const callbackUrl = `${url}/callbacks/wecom`;
  const wecom = mountWecom({ ...common, folder, given: { callbackUrl, trustedHost: new URL(url).host } });
  const dingtalk = mountDingtalk({ ...common, given: { origin: url } });
  platforms.serve([feishu, wecom, dingtalk]);

  const told = { ...feishu.environment, ...wecom.environment, ...dingtalk.environment };
  const env = {
    ...Object.fromEntries(Object.entries(told).filter(([name]) => ADDRESSES.test(name))),
    DATABASE_URL: `sqlite:${join(folder, 'crm.db')}`,
    PORT: String(port),
    LOG_LEVEL: 'error',
  };
  const server = spawn(process.execPath, ['src/cli.ts', 'start'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const code = await codeOf(server);
  return {
    url,
    code,
    feishu,
    wecom,
    dingtalk,
    run: (...args) => runCli(args, env),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill();
      await ended;
      for (const { emulator } of [feishu, wecom, dingtalk]) await emulator.close();
      await platforms.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Newcomer {
  readonly page: Page;
  /** What the page complained about in the console: refused by the content policy, thrown. */
  readonly complaints: string[];
  /** Exactly this heading, at the top. */
  arrive(title: string): Promise<void>;
  see(words: string | RegExp): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  tap(name: string): Promise<void>;
  /** A picture at 1440 and at 375 px; both are looked at for what sticks out or is too small to hit. */
  picture(name: string): Promise<void>;
}

const PICTURES = '.cache/pages';
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 812 };

/** Somebody at a desk opens the server's bare address, which leads to set-up as long as that is open. */
export async function comeTo(browser: Browser, url: string): Promise<Newcomer> {
  await pageBuilt(url);
  const context = await browser.newContext({ viewport: DESK, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refusal of the server is the page's business, and a browser notes it as a fault all the same.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/`);
  return {
    page,
    complaints,
    arrive: (title) => page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor(),
    see: (words) => page.getByText(words).first().waitFor(),
    fill: (label, text) => page.getByLabel(new RegExp(`^\\s*${label}\\s*(选填)?\\s*$`)).fill(text),
    tap: (name) => page.getByRole('button', { name, exact: true }).click(),
    async picture(name) {
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        await page.screenshot({ path: `${PICTURES}/setup-${name}-${size.width}.png`, fullPage: true });
        const flaws = await flawsOf(page);
        if (flaws.length > 0) throw new Error(`${name} at ${size.width} px: ${flaws.join('; ')}`);
      }
    },
  };
}

/** What sticks out sideways, and what is too small for a finger (44 px); a box to tick is hit by its words. */
function flawsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const small = [...document.querySelectorAll('a, button, input, summary')].filter(
      (it) => it.getClientRects().length > 0 && !it.closest('label') && it.getBoundingClientRect().height < 44,
    );
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...small.map((it) => it.outerHTML.slice(0, 80))];
  });
}

async function pageBuilt(url: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while ((await fetch(`${url}/app/setup`)).status !== 200) {
    if (Date.now() > until) throw new Error('the page was not built in time');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function codeOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`no code in: ${said}`)), PATIENCE_MS);
    server.once('close', () => reject(new Error(`the server ended: ${said}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const code = /一次性代码：(\S+)/.exec(said)?.[1];
      if (code === undefined) return;
      clearTimeout(timer);
      resolve(code);
    });
  });
}

type Mount = Pick<ReturnType<typeof mountFeishu>, 'path'> & {
  readonly emulator: Pick<ReturnType<typeof mountFeishu>['emulator'], 'handle' | 'upgrade'>;
};

/** One origin for all platforms, known before any of them is there. */
async function listenForPlatforms() {
  let mounts: readonly Mount[] = [];
  const of = (url = '/') => mounts.find(({ path }) => url.startsWith(`${path}/`))?.emulator;
  const answer: RequestListener = (request, response) => {
    const emulator = of(request.url);
    if (emulator) emulator.handle(request, response);
    else response.writeHead(404).end();
  };
  const server = createServer(answer);
  server.on('upgrade', (request, socket, head) => of(request.url)?.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(all: readonly Mount[]) {
      mounts = all;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
