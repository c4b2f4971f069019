/** What an emulator can be told when it is made, and what it assumes otherwise. */

/** A receiver of callbacks with keys of its own. */
export interface CallbackKeys {
  readonly token: string;
  /** 43 characters. */
  readonly aesKey: string;
}

export interface WecomEmulatorOptions extends CallbackKeys {
  readonly corpId: string;
  readonly agentId: number;
  /** Secret of the self-built app. */
  readonly secret: string;
  /** Secret of the system app 客户联系; older companies only. */
  readonly contactSecret?: string;
  /** Where app callbacks go; can be set later with `deliveries.setCallbackUrl`. */
  readonly callbackUrl?: string;
  /** The AI bot; without it no socket is accepted. */
  readonly bot?: { readonly id: string; readonly secret: string; readonly name?: string };
  /** The conversation archive; its notices go to `callbackUrl` under its own keys, or the app's when it has none. */
  readonly archive?: {
    readonly secret: string;
    readonly callbackUrl?: string;
    /** Number of the first record; real ones go beyond 2^53. */
    readonly firstSeq?: bigint;
  } & Partial<CallbackKeys>;
  /** Path prefix when mounted beside other servers, such as `/wecom-platform`. No trailing slash. */
  readonly basePath?: string;
  readonly companyName?: string;
  readonly appName?: string;
  /** A caller's clock, ms; everything that lasts is measured on it: retries, expiry, 48-hour and 72-hour windows, rate limits. */
  readonly now?: () => number;
  /** Whether retries fire by themselves. True without `now`; with `now` they run in `clock.advance` only, unless told. */
  readonly selfRunning?: boolean;
  /** Divides the waiting times between tries. */
  readonly retryTimeScale?: number;
  /** Tries after the first; 3 unless told: both pages say three, one log shows three deliveries in all (wecom.md §10.2). */
  readonly retries?: number;
  /** `network`: only time-outs and broken connections are tried again (D:90930); `any`: every non-200 too (D:90238). */
  readonly retryOn?: 'any' | 'network';
  /** Real ms the product has for an answer; 5,000 on the platform. */
  readonly deadlineMs?: number;
  /** Same seed, same ids and choices. */
  readonly seed?: number;
  /** 企业可信IP; empty: every address may call. */
  readonly trustedIps?: readonly string[];
  /** Host and port of the trusted domain, to which codes are brought; null, unless told: any. */
  readonly trustedHost?: string | null;
  /** Messages of the app to one member per minute; the surplus is dropped in silence. 30 on the platform, 0 switches it off. */
  readonly perMemberPerMinute?: number;
  readonly perMemberPerHour?: number;
  /** Messages of one group webhook per minute; 20 on the platform. */
  readonly webhookPerMinute?: number;
  /** Calls of one API per minute; 10,000 on the platform. */
  readonly apiPerMinute?: number;
  /** The legal subject is verified; an unverified one serves 100 kf customers at most. */
  readonly verified?: boolean;
  /** sync_msg calls per minute without a token; the platform says "strict" and no number. */
  readonly syncWithoutToken?: number;
  /** What happens to words for a bot that has no connection. The platform documents nothing. */
  readonly unreachableBot?: 'lost' | 'kept';
}

export type ResolvedOptions = Required<
  Omit<WecomEmulatorOptions, 'now' | 'selfRunning' | 'seed' | 'callbackUrl' | 'bot' | 'archive' | 'contactSecret'>
> & {
  readonly contactSecret: string | null;
  readonly bot: { readonly id: string; readonly secret: string; readonly name: string } | null;
  readonly archive: ({ readonly secret: string; readonly callbackUrl: string | null } & CallbackKeys) | null;
};

/** Wait before a callback is sent again, ms. No interval is documented; the connection is cut and the same comes again. */
export const RETRY_DELAY_MS = 1000;

export function resolveOptions(options: WecomEmulatorOptions): ResolvedOptions {
  const { corpId, agentId, secret, token, aesKey, bot, archive } = options;
  return {
    corpId,
    agentId,
    secret,
    token,
    aesKey,
    contactSecret: options.contactSecret ?? null,
    bot: bot ? { name: '聊单助手', ...bot } : null,
    archive: archive ? { token, aesKey, ...archive, callbackUrl: archive.callbackUrl ?? null } : null,
    basePath: options.basePath ?? '',
    companyName: options.companyName ?? '我们公司',
    appName: options.appName ?? '聊单',
    retryTimeScale: options.retryTimeScale ?? 1,
    retries: options.retries ?? 3,
    retryOn: options.retryOn ?? 'any',
    deadlineMs: options.deadlineMs ?? 5000,
    trustedIps: options.trustedIps ?? [],
    trustedHost: options.trustedHost ?? null,
    perMemberPerMinute: options.perMemberPerMinute ?? 30,
    perMemberPerHour: options.perMemberPerHour ?? 1000,
    webhookPerMinute: options.webhookPerMinute ?? 20,
    apiPerMinute: options.apiPerMinute ?? 10_000,
    verified: options.verified ?? true,
    syncWithoutToken: options.syncWithoutToken ?? 5,
    unreachableBot: options.unreachableBot ?? 'lost',
  };
}
