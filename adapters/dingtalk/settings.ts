/** Reads the DINGTALK_ variables and says, all at once, what is missing or wrong. */
import type { AccountSettings, SettingFault } from '../../src/channel/setting.ts';
import {
  explain,
  freeCalls,
  freePushes,
  officialApiBase,
  officialJsSdk,
  officialLoginBase,
  officialOapiBase,
  publicTemplate,
  type Variable,
} from './setting-words.ts';

export interface DingtalkSettings {
  /** ClientID, formerly AppKey. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** Our company: what comes from any other is refused. */
  readonly corpId: string;
  /** The card template that all our cards use. */
  readonly templateId: string;
  readonly mode: 'stream' | 'webhook';
  /** Present in webhook mode, where no event is accepted without them. */
  readonly token: string | null;
  /** 43 characters. */
  readonly aesKey: string | null;
  /** Where api.dingtalk.com is, without a slash at the end. */
  readonly apiBase: string;
  /** Where oapi.dingtalk.com is, without a slash at the end. */
  readonly oapiBase: string;
  /** The script our pages load inside the client. */
  readonly jsSdkUrl: string;
  /** Where the platform's web login is, without a slash at the end. */
  readonly loginBase: string;
  /** Whether links open in the client's side panel or as plain addresses. */
  readonly linkStyle: 'panel' | 'plain';
  /** Digits; the client asks pages for it before it gives them picked messages. */
  readonly agentId: string | null;
  /** What the company's edition allows per calendar month: OpenAPI calls, and Webhook & Stream traffic. */
  readonly callsPerMonth: number;
  readonly pushesPerMonth: number;
  /** Proxy variables of the process, for calls and for the stream; empty when there are none. */
  readonly proxy: Readonly<Record<string, string>>;
}

const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

type Env = Readonly<Record<string, string | undefined>>;

/** Without these the rest says nothing: addresses and quotas may stand in a shared environment file. */
const deciding = ['CLIENT_ID', 'CLIENT_SECRET', 'ROBOT_CODE', 'CORP_ID', 'MODE', 'TOKEN', 'AES_KEY'] as const;

/**
 * None of the variables set: `settings: null`. Half set: every fault, each with its variable and an example.
 * Without DINGTALK_MODE the transport is the one the other variables speak for: token and AES key are of use to a
 * webhook only, so either of them means webhook and neither means the stream.
 */
export function readDingtalkSettings(env: Env): AccountSettings<DingtalkSettings> {
  const value = (variable: Variable): string => env[variable]?.trim() ?? '';
  if (deciding.every((name) => value(`DINGTALK_${name}`) === '')) return { ok: true, settings: null };

  const faults: SettingFault[] = [];
  const fault = (variable: Variable, kind: 'missing' | 'wrong'): void => {
    faults.push({ variable, message: explain[variable][kind], example: explain[variable].example });
  };
  const shaped = (variable: Variable, shape: RegExp, otherwise?: string): string => {
    const text = value(variable);
    if (text === '' && otherwise !== undefined) return otherwise;
    if (!shape.test(text)) fault(variable, text === '' ? 'missing' : 'wrong');
    return text;
  };
  const address = (variable: Variable, official: string): string => {
    const base = value(variable) === '' ? official : readBase(value(variable));
    if (base === null) fault(variable, 'wrong');
    return base ?? official;
  };
  const count = (variable: Variable, free: number): number => Number(shaped(variable, /^[1-9]\d{0,9}$/, String(free)));

  const clientId = shaped('DINGTALK_CLIENT_ID', /^[0-9A-Za-z_-]{1,128}$/);
  const clientSecret = shaped('DINGTALK_CLIENT_SECRET', /^\S+$/);
  const robotCode = shaped('DINGTALK_ROBOT_CODE', /^\S+$/, clientId);
  const corpId = shaped('DINGTALK_CORP_ID', /^ding[0-9A-Za-z]{4,60}$/);
  const templateId = shaped('DINGTALK_CARD_TEMPLATE_ID', /^\S+\.schema$/, publicTemplate);
  const speaksForWebhook = value('DINGTALK_TOKEN') !== '' || value('DINGTALK_AES_KEY') !== '';
  const mode = shaped('DINGTALK_MODE', /^(stream|webhook)$/, speaksForWebhook ? 'webhook' : 'stream');
  const webhook = mode === 'webhook';
  const token = shaped('DINGTALK_TOKEN', /^[0-9A-Za-z]{3,32}$/, webhook ? undefined : '');
  const aesKey = shaped('DINGTALK_AES_KEY', /^[0-9A-Za-z]{43}$/, webhook ? undefined : '');
  const apiBase = address('DINGTALK_API_BASE', officialApiBase);
  const oapiBase = address('DINGTALK_OAPI_BASE', officialOapiBase);
  const jsSdkUrl = address('DINGTALK_JS_SDK_URL', officialJsSdk);
  const loginBase = address('DINGTALK_LOGIN_BASE', officialLoginBase);
  const linkStyle = shaped('DINGTALK_LINK_STYLE', /^(panel|plain)$/, 'panel') === 'plain' ? 'plain' : 'panel';
  const agentId = shaped('DINGTALK_AGENT_ID', /^\d{1,20}$/, '');
  const callsPerMonth = count('DINGTALK_MONTHLY_CALLS', freeCalls);
  const pushesPerMonth = count('DINGTALK_MONTHLY_PUSHES', freePushes);
  if (faults.length > 0) return { ok: false, faults };
  const proxy = Object.fromEntries(proxyNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  return {
    ok: true,
    settings: {
      clientId,
      clientSecret,
      robotCode,
      corpId,
      templateId,
      mode: webhook ? 'webhook' : 'stream',
      token: token || null,
      aesKey: aesKey || null,
      apiBase,
      oapiBase,
      jsSdkUrl,
      loginBase,
      linkStyle,
      agentId: agentId || null,
      callsPerMonth,
      pushesPerMonth,
      proxy,
    },
  };
}

/** The address without a slash at its end, or null when it is none. Plain http would show the secret to the network: loopback only. */
function readBase(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  return bare && safe ? url.origin + url.pathname.replace(/\/+$/, '') : null;
}
