/** What an emulator can be told when it is made, and what it assumes otherwise. */

/** Numbers the platform hands to long-connection clients, in seconds; -1 reconnects means without end. */
export interface ClientConfig {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
}

export interface FeishuEmulatorOptions {
  /** `cli_` and 16 hex digits: the official client refuses any other shape. */
  readonly appId: string;
  readonly appSecret: string;
  /** Empty: pushes are neither encrypted nor signed. */
  readonly encryptKey: string;
  readonly verificationToken: string;
  /** Key of our own company. */
  readonly tenantKey: string;
  readonly mode: 'webhook' | 'websocket';
  /** Where events and card callbacks go in webhook mode; can be set later with `setCallbackUrl`. */
  readonly callbackUrl?: string;
  /** Path prefix when mounted beside other servers, such as `/feishu-platform`. No trailing slash. */
  readonly basePath?: string;
  readonly companyName?: string;
  readonly botName?: string;
  /** A caller's clock, ms; everything that lasts is measured on it: retries, expiry, 14-day windows, rate limits. */
  readonly now?: () => number;
  /** Whether retries fire by themselves. True without `now`; with `now` they run in `clock.advance` only, unless told. */
  readonly selfRunning?: boolean;
  /** Divides the waiting times of the retry schedule: 15 s at 100 is 150 ms. */
  readonly retryTimeScale?: number;
  /** Real ms the product has for an answer; 3,000 on the platform. */
  readonly deadlineMs?: number;
  readonly clientConfig?: Partial<ClientConfig>;
  readonly maxConnections?: number;
  /** Same seed, same ids and choices. */
  readonly seed?: number;
  /** `all`: the app has im:message.group_msg; `mentions`: only messages that @ the bot arrive. */
  readonly groupMessages?: 'all' | 'mentions';
  /** 重定向 URL of the app, to which codes of the web login are brought; null, unless told: any. */
  readonly redirectUrls?: readonly string[] | null;
  /** Whether the app may see `user_id` (contact:user.employee_id:readonly). */
  readonly showUserIds?: boolean;
  /** `ids`: the app has asked for no field of the address book; names, places and numbers are missing then. */
  readonly contactFields?: 'all' | 'ids';
  /** Messages per second to one receiver, and updates per second of one message; 5 on the platform, 0 switches it off. */
  readonly receiverQps?: number;
  /** Calls per second and per minute of one API; 50 and 1,000 on the platform, 0 switches it off. */
  readonly apiPerSecond?: number;
  readonly apiPerMinute?: number;
  /** Long-connection payloads longer than this travel in fragments, bytes. */
  readonly fragmentBytes?: number;
}

export type ResolvedOptions = Required<
  Omit<FeishuEmulatorOptions, 'now' | 'selfRunning' | 'seed' | 'clientConfig' | 'callbackUrl'>
> & {
  readonly clientConfig: ClientConfig;
};

/** Push is tried again after these waits (feishu.md §2.5: event subscription guide). */
export const RETRY_DELAYS_MS = [15_000, 300_000, 3_600_000, 21_600_000];

export function resolveOptions(options: FeishuEmulatorOptions): ResolvedOptions {
  return {
    appId: options.appId,
    appSecret: options.appSecret,
    encryptKey: options.encryptKey,
    verificationToken: options.verificationToken,
    tenantKey: options.tenantKey,
    mode: options.mode,
    basePath: options.basePath ?? '',
    companyName: options.companyName ?? '我们公司',
    botName: options.botName ?? '聊单',
    retryTimeScale: options.retryTimeScale ?? 1,
    deadlineMs: options.deadlineMs ?? 3000,
    clientConfig: {
      ReconnectCount: -1,
      ReconnectInterval: 120,
      ReconnectNonce: 30,
      PingInterval: 120,
      ...options.clientConfig,
    },
    maxConnections: options.maxConnections ?? 50,
    groupMessages: options.groupMessages ?? 'all',
    redirectUrls: options.redirectUrls ?? null,
    showUserIds: options.showUserIds ?? false,
    contactFields: options.contactFields ?? 'all',
    receiverQps: options.receiverQps ?? 5,
    apiPerSecond: options.apiPerSecond ?? 50,
    apiPerMinute: options.apiPerMinute ?? 1000,
    fragmentBytes: options.fragmentBytes ?? 64 * 1024,
  };
}
