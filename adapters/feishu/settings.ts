/** Reads the FEISHU_ variables and says, all at once, what is missing or wrong. */
import type { AccountSettings, SettingFault } from '../../src/channel/setting.ts';
import { explain, officialAccounts, officialBase, officialJsSdk } from './setting-words.ts';

export interface FeishuSettings {
  readonly appId: string;
  readonly appSecret: string;
  /** The console's 事件与回调 page, and both transports, in one word. */
  readonly mode: 'webhook' | 'websocket';
  /** Present in webhook mode, where nothing is accepted without them. */
  readonly encryptKey: string | null;
  readonly verificationToken: string | null;
  /** Where the server APIs live, without a slash at the end. */
  readonly apiBase: string;
  /** Where the platform's web login is, without a slash at the end. */
  readonly accountsBase: string;
  /** The script our pages load inside the client. */
  readonly jsSdkUrl: string;
  /** Proxy variables of the process, for HTTP and for the long connection; empty when there are none. */
  readonly proxy: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The SDK's long connection silently does nothing for an id of another shape. */
const appIdShape = /^cli_[0-9a-fA-F]{16}$/;
const deciding = ['APP_ID', 'APP_SECRET', 'ENCRYPT_KEY', 'VERIFICATION_TOKEN', 'MODE'] as const;
const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/**
 * None of the variables set: `settings: null`. Half set: every fault, each with its variable and an example.
 * Without FEISHU_MODE the transport is the one the other variables speak for: the Encrypt Key and the Verification
 * Token are of use to a webhook only, so either of them means webhook and neither means the long connection.
 */
export function readFeishuSettings(env: Env): AccountSettings<FeishuSettings> {
  const value = (name: string): string => env[`FEISHU_${name}`]?.trim() ?? '';
  if (deciding.every((name) => value(name) === '')) return { ok: true, settings: null };

  const faults: SettingFault[] = [];
  const fault = (variable: keyof typeof explain, kind: 'missing' | 'wrong'): void => {
    faults.push({ variable, message: explain[variable][kind], example: explain[variable].example });
  };
  const secret = (name: 'APP_SECRET' | 'ENCRYPT_KEY' | 'VERIFICATION_TOKEN', required: boolean): string => {
    if (value(name) === '' && required) fault(`FEISHU_${name}`, 'missing');
    if (/\s/.test(value(name))) fault(`FEISHU_${name}`, 'wrong');
    return value(name);
  };

  const appId = value('APP_ID');
  if (!appIdShape.test(appId)) fault('FEISHU_APP_ID', appId === '' ? 'missing' : 'wrong');
  const appSecret = secret('APP_SECRET', true);
  const speaksForWebhook = value('ENCRYPT_KEY') !== '' || value('VERIFICATION_TOKEN') !== '';
  const mode = value('MODE') === '' ? (speaksForWebhook ? 'webhook' : 'websocket') : value('MODE');
  if (mode !== 'webhook' && mode !== 'websocket') fault('FEISHU_MODE', 'wrong');
  const encryptKey = secret('ENCRYPT_KEY', mode === 'webhook');
  const verificationToken = secret('VERIFICATION_TOKEN', mode === 'webhook');
  const apiBase = readBase(value('API_BASE'));
  const accountsBase = value('ACCOUNTS_BASE') === '' ? officialAccounts : readBase(value('ACCOUNTS_BASE'));
  if (accountsBase === null) fault('FEISHU_ACCOUNTS_BASE', 'wrong');
  if (apiBase === null) fault('FEISHU_API_BASE', 'wrong');
  const jsSdkUrl = value('JS_SDK_URL') === '' ? officialJsSdk : readBase(value('JS_SDK_URL'));
  if (jsSdkUrl === null) fault('FEISHU_JS_SDK_URL', 'wrong');

  if (
    faults.length > 0 ||
    apiBase === null ||
    accountsBase === null ||
    jsSdkUrl === null ||
    (mode !== 'webhook' && mode !== 'websocket')
  )
    return { ok: false, faults };
  const proxy = Object.fromEntries(proxyNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  return {
    ok: true,
    settings: {
      appId,
      appSecret,
      mode,
      encryptKey: encryptKey || null,
      verificationToken: verificationToken || null,
      apiBase,
      accountsBase,
      jsSdkUrl,
      proxy,
    },
  };
}

/** The address without a slash at its end, or null when it is none. Plain http would show the app secret to the network: loopback only. */
function readBase(text: string): string | null {
  if (text === '') return officialBase;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  return bare && safe ? url.origin + url.pathname.replace(/\/+$/, '') : null;
}
