// A colleague's client for the hand-over tests: picks messages, opens the page the way the client does, looks at it.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Person } from '../../sandbox/feishu/index.ts';
import type { Sandbox } from '../../sandbox/start.ts';

export interface OpenedPage {
  readonly page: Page;
  readonly code: string;
  /** What the page complained about in the console: refused by the content policy, thrown, not found. */
  readonly complaints: string[];
}

const PATIENCE_MS = 60_000;

/** Waits for the build of the page; the first visitor begins it. */
export async function pageReady(sandbox: Sandbox): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await fetch(`${sandbox.url}/app/hand-over`);
    if (status === 200) return;
    if (status !== 503 || Date.now() > until) throw new Error(`the page answers ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A page as wide as a sidebar. */
export async function blankPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 667 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...options,
  });
  return context.newPage();
}

/** Long press, 加入聊单: the client opens our page with what was picked. */
export async function openHandOver(
  { sandbox, browser }: { sandbox: Sandbox; browser: Browser },
  person: Person,
  messageIds: readonly string[],
  options: BrowserContextOptions & { readonly before?: string | ((page: Page) => Promise<unknown>) } = {},
): Promise<OpenedPage> {
  const { before, ...rest } = options;
  await pageReady(sandbox);
  const opened = sandbox.platform.messageAction(person, messageIds);
  const page = await blankPage(browser, rest);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  if (typeof before === 'string') await page.addInitScript(before);
  else await before?.(page);
  await page.goto(`${sandbox.url}/app/hand-over?${opened.query}`);
  return { page, code: opened.code, complaints };
}
