// An installation as a process of its own, and browsers that look at its set-up page.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SetupFindingView, SetupView } from '../../../src/http/contract/setup.ts';
import { runCli } from '../../support/run-cli.ts';
import { freshDatabaseUrl } from '../../support/services/database.ts';
import { freePort } from '../../support/services/free-port.ts';
import { createServer, type Server } from '../kill/server.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is checked by the expectations on it.
  readonly body: any;
  readonly cookie: string;
}

export interface Browser {
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  enter(code: string): Promise<Answer>;
  view(): Promise<SetupView>;
  doctor(platform: string): Promise<SetupFindingView[]>;
}

export interface FirstRun extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly server: Server;
  /** The code that the server printed last. */
  code(): Promise<string>;
  /** Another browser, which knows nothing yet. */
  browser(): Browser;
  /** What `/health` says of the platforms. */
  health(): Promise<{ platform: string; status: string }[]>;
  /** Runs the command line beside the server. */
  cli(args: readonly string[], env?: Record<string, string>): ReturnType<typeof runCli>;
}

export const SECRET_KEY = 'k'.repeat(40);

export async function openFirstRun(env: Record<string, string>): Promise<FirstRun> {
  const { url, dispose } = await freshDatabaseUrl();
  const port = await freePort();
  const variables = { DATABASE_URL: url, PORT: String(port), SECRET_KEY, LOG_LEVEL: 'info', ...env };
  const server = createServer(variables);
  const origin = `http://127.0.0.1:${port}`;
  await server.start();
  return {
    databaseUrl: url,
    server,
    async code() {
      await server.says('一次性代码');
      return [...server.log().matchAll(/一次性代码：([0-9A-Z-]+)/g)].at(-1)?.[1] ?? '';
    },
    browser: () => createBrowser(origin),
    async health() {
      const response = await fetch(`${origin}/health`);
      return ((await response.json()) as { channels: { platform: string; status: string }[] }).channels;
    },
    cli: (args, more = {}) => runCli(args, { ...variables, ...more }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await dispose();
    },
  };
}

function createBrowser(origin: string): Browser {
  let cookie = '';

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${origin}/api/setup${path}`, {
      method,
      headers: {
        'x-liaodan': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie && { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const set = response.headers.get('set-cookie') ?? '';
    if (set !== '') cookie = set.split(';')[0] ?? '';
    const json =
      response.headers.get('content-type')?.includes('json') && !response.headers.get('content-type')?.includes('nd');
    return { status: response.status, text, body: json && text !== '' ? JSON.parse(text) : null, cookie: set };
  }

  return {
    ask,
    enter: (code) => ask('POST', '/enter', { code }),
    view: async () => (await ask('GET', '')).body as SetupView,
    async doctor(platform) {
      const { text } = await ask('POST', `/platforms/${platform}/doctor`, {});
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as SetupFindingView);
    },
  };
}

/** Asks again until it is so; a server that is connecting anew answers nothing meanwhile. */
export async function until<T>(look: () => Promise<T | false | null | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await look().catch(() => null);
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await sleep(50);
  }
}
