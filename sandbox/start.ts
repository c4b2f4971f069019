/** Puts product, emulated platform and (if asked) the console on one loopback port, with random secrets: a whole world to play in. */
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
import type { DingtalkEmulator, DingtalkEmulatorOptions } from './dingtalk/index.ts';
import { type DingtalkCompany, seedDingtalkCompany } from './dingtalk-company.ts';
import type { FeishuEmulator, FeishuEmulatorOptions } from './feishu/index.ts';
import { mountDingtalk } from './mounts/dingtalk.ts';
import { mountFeishu } from './mounts/feishu.ts';
import { mountWecom } from './mounts/wecom.ts';
import { haveReadOrganisation } from './seed.ts';
import type { WecomEmulator, WecomEmulatorOptions } from './wecom/index.ts';
import { seedWecomCompany, type WecomCompany } from './wecom-company.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  readonly mode?: 'webhook' | 'websocket';
  /** A fresh SQLite file in a temporary folder unless told. */
  readonly databaseUrl?: string;
  readonly logLevel?: LogLevel;
  /** Takes the product's log lines instead of standard output. */
  readonly logTo?: { write(line: string): void };
  readonly platform?: Partial<FeishuEmulatorOptions>;
  /** WeCom and DingTalk beside Feishu; without them only Feishu is there. */
  readonly wecom?: Partial<WecomEmulatorOptions>;
  readonly dingtalk?: Partial<DingtalkEmulatorOptions>;
  /** Variables that the product starts with instead of the sandbox's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Sandbox {
  readonly url: string;
  /** The variables that the product was started with, secrets included: for its command line. */
  readonly environment: Readonly<Record<string, string>>;
  readonly app: App;
  readonly platform: FeishuEmulator;
  readonly company: Company;
  /** Null unless asked for. */
  readonly wecom: { readonly platform: WecomEmulator; readonly company: WecomCompany } | null;
  readonly dingtalk: { readonly platform: DingtalkEmulator; readonly company: DingtalkCompany } | null;
  readonly now: () => number;
  /** Pushes the one clock of product and platform forward. */
  advance(ms: number): void;
  /** Answers requests below a path prefix with a handler of the sandbox's own. */
  mount(prefix: string, handler: Handler): void;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let offset = 0;
  const now = () => Date.now() + offset;
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));

  const mounts = new Map<string, Handler>();
  let app: App | null = null;
  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    for (const [prefix, handler] of mounts)
      if (path === prefix || path.startsWith(`${prefix}/`)) return handler(request, response);
    // A tab left open from before asks again and again: the product may not be there yet.
    if (app) app.server.emit('request', request, response);
    else response.writeHead(503, { 'retry-after': '1' }).end();
  });
  // As patient as platforms are: after Node's five seconds a call on a busy machine may meet a socket that is just closing.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const feishu = mountFeishu({ url, now, mode: options.mode ?? 'webhook', given: options.platform ?? {} });
  mounts.set(feishu.path, feishu.emulator.handle);

  const wecom = options.wecom ? mountWecom({ url, now, folder, given: options.wecom }) : null;
  if (wecom) mounts.set(wecom.path, wecom.emulator.handle);
  const dingtalk = options.dingtalk ? mountDingtalk({ url, now, given: options.dingtalk }) : null;
  if (dingtalk) mounts.set(dingtalk.path, dingtalk.emulator.handle);
  server.on('upgrade', (request, socket, head) => {
    const mount = [wecom, dingtalk].find((one) => one && request.url?.startsWith(`${one.path}/`)) ?? feishu;
    mount.emulator.upgrade(request, socket, head);
  });

  const environment = {
    DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'crm.db')}`,
    PORT: '0',
    PUBLIC_URL: url,
    LOG_LEVEL: options.logLevel ?? 'warn',
    ...feishu.environment,
    ...wecom?.environment,
    ...dingtalk?.environment,
    ...options.environment,
  };
  const settings = readSettings(environment, platforms);
  const product = await createApp({ settings, log: createLog(settings.logLevel, options.logTo), now });
  const company = await seedCompany(product, feishu.emulator);
  const wecomCompany = wecom && {
    platform: wecom.emulator,
    company: await seedWecomCompany(product, wecom.emulator, company),
  };
  const dingtalkCompany = dingtalk && {
    platform: dingtalk.emulator,
    company: await seedDingtalkCompany(product, dingtalk.emulator),
  };
  await haveReadOrganisation(product);
  app = product;
  await product.run();

  return {
    url,
    environment,
    app: product,
    platform: feishu.emulator,
    company,
    wecom: wecomCompany,
    dingtalk: dingtalkCompany,
    now,
    advance(ms) {
      offset += ms;
      feishu.emulator.clock.advance(0);
      wecom?.emulator.clock.advance(0);
      dingtalk?.emulator.clock.advance(0);
    },
    mount: (prefix, handler) => mounts.set(prefix, handler),
    async close() {
      await product.stop();
      await feishu.emulator.close();
      await wecom?.emulator.close();
      await dingtalk?.emulator.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
