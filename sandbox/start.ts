/** Puts product, emulated platform and (if asked) the console on one loopback port, with random secrets: a whole world to play in. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platforms } from '../adapters/index.ts';
import { type App, createApp } from '../src/app.ts';
import { createLog, type LogLevel } from '../src/log.ts';
import { readSettings } from '../src/settings.ts';
import { type Company, seedCompany } from './company.ts';
import { createFeishuEmulator, type FeishuEmulator, type FeishuEmulatorOptions, SCRIPT_PATH } from './feishu/index.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  readonly mode?: 'webhook' | 'websocket';
  /** A fresh SQLite file in a temporary folder unless told. */
  readonly databaseUrl?: string;
  readonly logLevel?: LogLevel;
  readonly platform?: Partial<FeishuEmulatorOptions>;
}

export interface Sandbox {
  readonly url: string;
  readonly app: App;
  readonly platform: FeishuEmulator;
  readonly company: Company;
  readonly now: () => number;
  /** Pushes the one clock of product and platform forward. */
  advance(ms: number): void;
  /** Answers requests below a path prefix with a handler of the sandbox's own. */
  mount(prefix: string, handler: Handler): void;
  close(): Promise<void>;
}

const PLATFORM_PATH = '/feishu-platform';

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let offset = 0;
  const now = () => Date.now() + offset;
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const keys = {
    appId: `cli_${secret(8)}`,
    appSecret: secret(16),
    encryptKey: secret(16),
    verificationToken: secret(16),
  };
  const mode = options.mode ?? 'webhook';

  const mounts = new Map<string, Handler>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    for (const [prefix, handler] of mounts)
      if (path === prefix || path.startsWith(`${prefix}/`)) return handler(request, response);
    app.server.emit('request', request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const platform = createFeishuEmulator({
    ...keys,
    tenantKey: secret(8),
    mode,
    callbackUrl: `${url}/callbacks/feishu`,
    basePath: PLATFORM_PATH,
    companyName: '海川精密',
    now,
    clientConfig: { ReconnectInterval: 1, ReconnectNonce: 0 },
    ...options.platform,
  });
  mounts.set(PLATFORM_PATH, platform.handle);
  server.on('upgrade', platform.upgrade);

  const settings = readSettings(
    {
      DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'crm.db')}`,
      PORT: '0',
      PUBLIC_URL: url,
      LOG_LEVEL: options.logLevel ?? 'warn',
      FEISHU_APP_ID: keys.appId,
      FEISHU_APP_SECRET: keys.appSecret,
      FEISHU_ENCRYPT_KEY: keys.encryptKey,
      FEISHU_VERIFICATION_TOKEN: keys.verificationToken,
      FEISHU_MODE: mode,
      FEISHU_API_BASE: `${url}${PLATFORM_PATH}`,
      FEISHU_JS_SDK_URL: `${url}${PLATFORM_PATH}${SCRIPT_PATH}`,
    },
    platforms,
  );
  const app = await createApp({ settings, log: createLog(settings.logLevel), now });
  const company = await seedCompany(app, platform);
  await app.run();

  return {
    url,
    app,
    platform,
    company,
    now,
    advance(ms) {
      offset += ms;
      platform.clock.advance(0);
    },
    mount: (prefix, handler) => mounts.set(prefix, handler),
    async close() {
      await app.stop();
      await platform.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
