// A person's client for the bridge tests: a page of ours opened in it, and calls of the bridge inside that page.

import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { Sandbox } from '../../sandbox/start.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

export const userAgents = {
  feishu: 'Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 Lark/7.30.0',
  dingtalk: 'Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 AliApp(DingTalk/7.6.0)',
  wecom: 'Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1',
} as const;

/** Any page of ours: what is called in it does not depend on what it shows. */
export const PLACE = '/app/nobody';
const MODULE = '/app/assets/bridge-under-test.js';

/** No file: its few lines are below. */
const ENTRY = join(import.meta.dirname, 'bridge-under-test.ts');
const source = join(import.meta.dirname, '../../sidebar-web/src');
/** The modules of the pages as they are, under one name. */
const entry = `
export { chatHere } from '${source}/api/chat-here.ts';
export { ensureSession } from '${source}/api/session.ts';
export { bridgeHere } from '${source}/bridge/here.ts';`;

let code: Promise<string> | null = null;

/** The bridge's modules as one script, made once. */
function bridgeCode(): Promise<string> {
  code ??= build({
    configFile: false,
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? entry : null),
      },
    ],
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: ENTRY, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  }).then((built) => {
    const [chunk] = Array.isArray(built) ? built.flatMap(({ output }) => output) : [];
    if (chunk?.type !== 'chunk') throw new Error('the bridge was not built');
    return chunk.code;
  });
  return code;
}

export interface Opened {
  readonly page: Page;
  /** What the page complained about in the console. */
  readonly complaints: string[];
}

/** A page with the bridge at hand; `address` as the client opens it. */
export async function openPage(
  { sandbox, browser }: { sandbox: Sandbox; browser: Browser },
  address: string,
  { before, ...options }: BrowserContextOptions & { readonly before?: (page: Page) => Promise<unknown> } = {},
): Promise<Opened> {
  await pageReady(sandbox);
  const body = await bridgeCode();
  const page = await blankPage(browser, options);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route(`**${MODULE}`, (route) => route.fulfill({ contentType: 'text/javascript', body }));
  await before?.(page);
  await page.goto(address);
  return { page, complaints };
}

type Call = 'ensureSession' | 'chatHere' | 'currentChat' | 'canSend' | 'sendToChat';

/** Calls one function of the bridge or of the session inside the page. Written as text: the test runner rewrites `import`. */
export function call(page: Page, name: Call, argument = ''): Promise<unknown> {
  const own = name === 'ensureSession' || name === 'chatHere';
  const holder = own ? 'under' : '(await under.bridgeHere())';
  return page.evaluate(
    `import(${JSON.stringify(MODULE)}).then(async (under) => ${holder}.${name}(${JSON.stringify(argument)}))`,
  );
}
