/** Reads the WECOM_ variables and says, all at once, what is missing or wrong. */
import type { RootFile } from '../../src/channel/channel.ts';
import type { AccountSettings, SettingFault } from '../../src/channel/setting.ts';
import { readAddress } from './address.ts';
import {
  type ArchiveSettings,
  type BotSettings,
  type GroupWebhook,
  readArchive,
  readBot,
  readVerifyFile,
  readWebhooks,
  type SettingReader,
} from './setting-parts.ts';
import {
  explain,
  officialBase,
  officialJsSdk,
  officialLoginBase,
  officialOauthBase,
  type Variable,
} from './setting-words.ts';

export interface WecomSettings {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  /** EncodingAESKey, 43 characters. */
  readonly aesKey: string;
  /** Where the server API lives, without a slash at the end. */
  readonly apiBase: string;
  /** Where a page is sent for a sign-in code, without a slash at the end. */
  readonly oauthBase: string;
  /** Where browsers without the client sign in, without a slash at the end. */
  readonly loginBase: string;
  /** The file by which the platform sees that the domain is ours; null where none is set. */
  readonly verifyFile: RootFile | null;
  /** The client's script that pages load. */
  readonly jsSdkUrl: string;
  /** Secret of the system app 客户联系, which older companies may use for contacts; null: the app's own. */
  readonly contactSecret: string | null;
  readonly bot: BotSettings | null;
  readonly archive: ArchiveSettings | null;
  /** Internal groups that can be written into; their keys are secrets. */
  readonly webhooks: readonly GroupWebhook[];
  /** Proxy variables of the process; empty when there are none. */
  readonly proxy: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** They alone connect nothing. */
const addresses: readonly Variable[] = [
  'WECOM_API_BASE',
  'WECOM_OAUTH_BASE',
  'WECOM_LOGIN_BASE',
  'WECOM_JS_SDK_URL',
  'WECOM_BOT_URL',
];

const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/**
 * None of the variables set (addresses apart): `settings: null`. Half set: every fault, each with its variable and an
 * example. A stray blank is a fault and not trimmed away: the same value stands in the console, and an id with a blank
 * is what the platform's 301002 usually turns out to be.
 */
export function readWecomSettings(env: Env): AccountSettings<WecomSettings> {
  const raw = (variable: Variable): string => env[variable] ?? '';
  const names = Object.keys(explain) as Variable[];
  const deciding = names.filter((name) => !addresses.includes(name));
  if (deciding.every((name) => raw(name).trim() === '')) return { ok: true, settings: null };

  const faults: SettingFault[] = [];
  const fault: SettingReader['fault'] = (variable, kind) => {
    faults.push({ variable, message: explain[variable][kind], example: explain[variable].example });
  };
  const shaped = (variable: Variable, shape: RegExp): string => {
    const value = raw(variable);
    if (!shape.test(value)) fault(variable, value.trim() === '' ? 'missing' : 'wrong');
    return value;
  };
  const reader: SettingReader = { raw, fault, secret: (variable) => shaped(variable, /^\S+$/) };

  const corpId = shaped('WECOM_CORP_ID', /^w[wx][0-9A-Za-z]{6,62}$/);
  const agentId = Number(shaped('WECOM_AGENT_ID', /^[1-9]\d{0,9}$/));
  const secret = reader.secret('WECOM_SECRET');
  const token = shaped('WECOM_TOKEN', /^[0-9A-Za-z]{1,32}$/);
  const aesKey = shaped('WECOM_AES_KEY', /^[0-9A-Za-z]{43}$/);
  const apiBase = readAddress(raw('WECOM_API_BASE'), officialBase, 'http');
  const oauthBase = readAddress(raw('WECOM_OAUTH_BASE'), officialOauthBase, 'http');
  const loginBase = readAddress(raw('WECOM_LOGIN_BASE'), officialLoginBase, 'http');
  const jsSdkUrl = readAddress(raw('WECOM_JS_SDK_URL'), officialJsSdk, 'http');
  if (apiBase === null) fault('WECOM_API_BASE', 'wrong');
  if (oauthBase === null) fault('WECOM_OAUTH_BASE', 'wrong');
  if (loginBase === null) fault('WECOM_LOGIN_BASE', 'wrong');
  if (jsSdkUrl === null) fault('WECOM_JS_SDK_URL', 'wrong');
  const verifyFile = readVerifyFile(reader);
  const contactSecret = raw('WECOM_CONTACT_SECRET').trim() === '' ? null : reader.secret('WECOM_CONTACT_SECRET');
  const bot = readBot(reader);
  const archive = readArchive(reader);
  const webhooks = readWebhooks(reader);
  if (faults.length > 0 || apiBase === null || oauthBase === null || loginBase === null || jsSdkUrl === null)
    return { ok: false, faults };
  const proxy = Object.fromEntries(proxyNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  return {
    ok: true,
    settings: {
      corpId,
      agentId,
      secret,
      token,
      aesKey,
      apiBase,
      oauthBase,
      loginBase,
      verifyFile,
      jsSdkUrl,
      contactSecret,
      bot,
      archive,
      webhooks,
      proxy,
    },
  };
}
