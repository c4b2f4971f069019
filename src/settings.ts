/** Reads the environment: every fault is told at once, with the variable's name and an example; secrets are never shown. */
import type { Platform } from './channel/channel.ts';
import type { AccountSettings, SettingFault } from './channel/setting.ts';
import { StartError } from './errors.ts';
import { LOCAL_PROXIES, readProxies } from './http/address.ts';
import { isPublicUrl } from './http/public-url.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface PlatformSettings {
  readonly platform: Platform;
  readonly settings: unknown;
}

export interface Settings {
  readonly databaseUrl: string;
  readonly port: number;
  /** Where people and platforms reach us; null when not said. No trailing slash. */
  readonly publicUrl: string | null;
  /** Addresses and networks of proxies whose word on where a request comes from counts. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  /** Whoever shows it may read /metrics; null: only this machine may. */
  readonly metricsToken: string | null;
  readonly policyFile: string | null;
  readonly platforms: readonly PlatformSettings[];
}

/** What was told on the set-up page. */
export interface StoredSettings {
  readonly publicUrl: string | null;
  /** By the platform's name: variable → value. */
  readonly platforms: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What nobody guesses. */
const SHORTEST_TOKEN = 16;

const NOTHING_STORED: StoredSettings = { publicUrl: null, platforms: {} };

/**
 * Throws StartError with all faults when anything in the environment is wrong. A platform that the environment speaks of
 * is the environment's as a whole; what was stored counts for the others, and what of it cannot be read connects nothing:
 * the set-up page says why.
 */
export function readSettings(
  env: Environment,
  platforms: readonly Platform[],
  stored: StoredSettings = NOTHING_STORED,
): Settings {
  const faults: SettingFault[] = [];
  const value = (name: string): string | null => env[name]?.trim() || null;

  const port = Number(value('PORT') ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    faults.push({ variable: 'PORT', message: '应是 0 到 65535 的整数', example: '8080' });
  }
  const level = value('LOG_LEVEL') ?? 'info';
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (!logLevel)
    faults.push({ variable: 'LOG_LEVEL', message: `只能是 ${LOG_LEVELS.join('、')} 之一`, example: 'info' });
  const publicUrl = value('PUBLIC_URL') ?? stored.publicUrl;
  if (publicUrl !== null && !isPublicUrl(publicUrl)) {
    faults.push({
      variable: 'PUBLIC_URL',
      message: '应是 http:// 或 https:// 开头的网址',
      example: 'https://crm.example.com',
    });
  }
  const trustedProxies = value('TRUSTED_PROXIES')?.split(/[,\s]+/) ?? LOCAL_PROXIES;
  if (readProxies(trustedProxies) === null) {
    faults.push({
      variable: 'TRUSTED_PROXIES',
      message: '应是反向代理的 IP 地址或网段，多个用逗号隔开',
      example: '127.0.0.1,172.16.0.0/12',
    });
  }
  const metricsToken = value('METRICS_TOKEN');
  if (metricsToken !== null && metricsToken.length < SHORTEST_TOKEN) {
    faults.push({
      variable: 'METRICS_TOKEN',
      message: `至少要 ${SHORTEST_TOKEN} 个字符`,
      example: '用 openssl rand -hex 24 生成的 48 个字符',
    });
  }
  const connected: PlatformSettings[] = [];
  for (const platform of platforms) {
    const reading = platform.readSettings(env);
    if (!reading.ok) faults.push(...reading.faults);
    else if (reading.settings !== null) connected.push({ platform, settings: reading.settings });
    else {
      const told = readStored(platform, env, stored.platforms[platform.name] ?? {});
      if (told.ok && told.settings !== null) connected.push({ platform, settings: told.settings });
    }
  }
  if (faults.length > 0 || !logLevel) throw new StartError('bad_settings', describeFaults(faults));
  return {
    databaseUrl: value('DATABASE_URL') ?? 'sqlite:./data/crm.db',
    port,
    publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
    trustedProxies,
    logLevel,
    metricsToken,
    policyFile: value('POLICY_FILE'),
    platforms: connected,
  };
}

/** A record of the set-up page as the platform reads it, beside what the environment says of addresses and proxies. */
export function readStored(
  platform: Platform,
  env: Environment,
  record: Readonly<Record<string, string>>,
): AccountSettings<unknown> {
  const said = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  return Object.keys(record).length === 0
    ? { ok: true, settings: null }
    : platform.readSettings({ ...record, ...Object.fromEntries(said) });
}

/** True when the environment speaks of this platform, rightly or wrongly. */
export function isInEnvironment(platform: Platform, env: Environment): boolean {
  const reading = platform.readSettings(env);
  return !reading.ok || reading.settings !== null;
}

function describeFaults(faults: readonly SettingFault[]): string {
  const lines = faults.map(
    ({ variable, message, example }) => `  · ${variable}：${message}（例如 ${variable}=${example}）`,
  );
  return `环境变量有 ${faults.length} 处要改：\n${lines.join('\n')}`;
}
