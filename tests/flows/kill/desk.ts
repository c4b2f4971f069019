/** The emulated platform, and the environment in which a server of ours finds it and its database. */
import { platforms } from '../../../adapters/index.ts';
import { type FeishuEmulator, startFeishuEmulator } from '../../../sandbox/feishu/index.ts';
import { type App, createApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { readSettings } from '../../../src/settings.ts';

export interface Desk {
  readonly platform: FeishuEmulator;
  /** Where the server is to listen. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** The product in this process, to seed and to look; it takes nothing and works nothing off. Close its database. */
  openApp(): Promise<App>;
}

export interface DeskOptions {
  readonly databaseUrl: string;
  readonly port: number;
  readonly seed: number;
  /** In [0, 1): what the secrets are made of. */
  readonly chance: () => number;
  /** The clock of platform and product; the real one unless told. */
  readonly now?: () => number;
  /** Of other platforms that are there as well. */
  readonly beside?: Readonly<Record<string, string>>;
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { databaseUrl, port, seed, chance, now = Date.now, beside = {} } = options;
  const hex = (length: number) => Array.from({ length }, () => Math.floor(chance() * 16).toString(16)).join('');
  const keys = { appId: `cli_${hex(16)}`, appSecret: hex(32), encryptKey: hex(32), verificationToken: hex(32) };
  const url = `http://127.0.0.1:${port}`;
  const platform = await startFeishuEmulator({
    ...keys,
    tenantKey: hex(16),
    mode: 'webhook',
    callbackUrl: `${url}/callbacks/feishu`,
    retryTimeScale: 600,
    apiPerMinute: 0,
    seed,
    now,
    selfRunning: true,
  });
  const env = {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    FEISHU_APP_ID: keys.appId,
    FEISHU_APP_SECRET: keys.appSecret,
    FEISHU_ENCRYPT_KEY: keys.encryptKey,
    FEISHU_VERIFICATION_TOKEN: keys.verificationToken,
    FEISHU_MODE: 'webhook',
    FEISHU_API_BASE: platform.apiBase,
    ...beside,
  };
  const openApp = () => createApp({ settings: readSettings(env, platforms), log: createLog('silent'), now });
  return { platform, url, env, openApp };
}
