/** What an emulator can be told when it is made, and what it assumes otherwise. */

export interface DingtalkEmulatorOptions {
  /** ClientID (AppKey) of the app. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly corpId: string;
  /** The ClientID unless told. */
  readonly robotCode?: string;
  /** Token and AES key (43 characters) of the HTTP event push. */
  readonly token: string;
  readonly aesKey: string;
  /** How robot messages and events reach the product; cards say for themselves with `callbackType`. */
  readonly mode: 'stream' | 'webhook';
  /** Where events and robot messages go in webhook mode; can be set later with `setCallbackUrl`. */
  readonly callbackUrl?: string;
  /** Origin at which the product reaches the emulator, such as `http://127.0.0.1:3000`: session webhooks begin with it. */
  readonly origin?: string | (() => string);
  /** Path prefix when mounted beside other servers, such as `/dingtalk-platform`. No trailing slash. */
  readonly basePath?: string;
  readonly companyName?: string;
  readonly botName?: string;
  /** A caller's clock, ms; redelivery, tokens, tickets, sessions and the month of the quota are measured on it. */
  readonly now?: () => number;
  /** Whether redeliveries fire by themselves. True without `now`; with `now` they run in `clock.advance` only, unless told. */
  readonly selfRunning?: boolean;
  /** Divides the waits before redelivery: 16 s at 100 is 160 ms. */
  readonly retryTimeScale?: number;
  /** Real ms the product has for an ack: 3,000 over the stream, 2,500 over HTTP on the platform (dingtalk.md §1.4). */
  readonly deadlineMs?: number;
  /** Real ms for the answer to a card callback; 2,000 on the platform. */
  readonly cardDeadlineMs?: number;
  /** Real ms between SYSTEM pings of a connection. */
  readonly pingEveryMs?: number;
  /** Real ms between a `disconnect` frame and the end of the socket; 10,000 on the platform. */
  readonly closeAfterMs?: number;
  /** Openings per real minute above which the product is said to storm. */
  readonly opensPerMinute?: number;
  /** Whether a redelivered frame has a `messageId` of its own; `msgId` and `eventId` never change. */
  readonly freshMessageIds?: boolean;
  /** Same seed, same ids and choices. */
  readonly seed?: number;
  /** Calls a month of the free edition: 5,000 OpenAPI and 3,000 Webhook & Stream. */
  readonly openApiPerMonth?: number;
  readonly streamPerMonth?: number;
  /** Calls per second of one API; 20 on the platform, 0 switches it off. */
  readonly apiPerSecond?: number;
  /** Names of the over-quota fields: two official pages disagree. */
  readonly overQuotaNames?: 'errCode' | 'errorCode';
  /** 重定向 URL of the app, to which codes of the web login are brought; null, unless told: any. */
  readonly redirectUrls?: readonly string[] | null;
  /** Permissions that were granted; all that the emulator knows unless told. */
  readonly scopes?: readonly string[];
}

export type ResolvedOptions = Required<
  Omit<DingtalkEmulatorOptions, 'now' | 'selfRunning' | 'seed' | 'callbackUrl' | 'origin' | 'scopes'>
>;

/** Waits before an event or message comes again, as observed (dingtalk.md §1.4); how often it comes is unknown. */
export const RETRY_DELAYS_MS = [16_000, 60_000];

export const SCOPES = [
  'qyapi_robot_sendmsg',
  'Card.Instance.Write',
  'qyapi_base',
  'qyapi_get_member',
  'qyapi_get_department_list',
  'qyapi_get_department_member',
  'Todo.Todo.Write',
  'Contact.User.Read',
] as const;

export function resolveOptions(options: DingtalkEmulatorOptions): ResolvedOptions {
  return {
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    corpId: options.corpId,
    robotCode: options.robotCode ?? options.clientId,
    token: options.token,
    aesKey: options.aesKey,
    mode: options.mode,
    basePath: options.basePath ?? '',
    companyName: options.companyName ?? '我们公司',
    botName: options.botName ?? '聊单',
    retryTimeScale: options.retryTimeScale ?? 1,
    deadlineMs: options.deadlineMs ?? (options.mode === 'stream' ? 3000 : 2500),
    cardDeadlineMs: options.cardDeadlineMs ?? 2000,
    pingEveryMs: options.pingEveryMs ?? 30_000,
    closeAfterMs: options.closeAfterMs ?? 10_000,
    opensPerMinute: options.opensPerMinute ?? 30,
    freshMessageIds: options.freshMessageIds ?? true,
    openApiPerMonth: options.openApiPerMonth ?? 5000,
    streamPerMonth: options.streamPerMonth ?? 3000,
    apiPerSecond: options.apiPerSecond ?? 20,
    overQuotaNames: options.overQuotaNames ?? 'errCode',
    redirectUrls: options.redirectUrls ?? null,
  };
}
