/** Calls of the server API through the SDK: our token, our time limit, one second chance after a refused token. */
import type { Agent } from 'node:http';
import type * as Lark from '@larksuiteoapi/node-sdk';
import type { ChannelContext } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import { createHttpInstance } from './http.ts';
import type { FeishuSettings } from './settings.ts';
import { tokenMarginMs } from './token.ts';

/** What carries the token of one call; every generated method takes it as its last argument. */
export type Auth = ReturnType<typeof Lark.withTenantToken>;

export interface FeishuClient {
  /** One call in the name of the app. Rejects with ApiFailure only. */
  asApp<T>(run: (lark: Lark.Client, auth: Auth) => Promise<T>): Promise<T>;
  /** One call without our token: signing people in. Rejects with ApiFailure only. */
  bare<T>(run: (lark: Lark.Client, sdk: typeof Lark) => Promise<T>): Promise<T>;
}

const timeoutMs = 10_000;
/** `99991661` no token, `99991663` invalid token (docs: 通用错误码). */
const tokenRefused = [99991661, 99991663];

/** The SDK is 6 MB of code (0.2 s, 60 MB): loaded with the first call, so that who does not use Feishu does not pay. */
export const loadSdk = (): Promise<typeof Lark> => import('@larksuiteoapi/node-sdk');

/** The SDK logs whole requests, tokens included: it stays silent and we log what is safe. */
const quiet = (): undefined => undefined;
const silentLogger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

export function createClient(
  settings: FeishuSettings,
  agent: Agent,
  { tokens: vault, log }: Pick<ChannelContext, 'tokens' | 'log'>,
): FeishuClient {
  let built: Promise<{ sdk: typeof Lark; lark: Lark.Client }> | null = null;

  const build = async (): Promise<{ sdk: typeof Lark; lark: Lark.Client }> => {
    const sdk = await loadSdk();
    const lark = new sdk.Client({
      appId: settings.appId,
      appSecret: settings.appSecret,
      domain: settings.apiBase,
      httpInstance: createHttpInstance(agent, timeoutMs),
      logger: silentLogger,
      source: 'liaodan',
      // The SDK's own cache neither drops a refused token nor shares a request: ours does both.
      disableTokenCache: true,
    });
    return { sdk, lark };
  };
  const load = (): Promise<{ sdk: typeof Lark; lark: Lark.Client }> => {
    built ??= build();
    return built;
  };

  const tokens = vault.share({
    name: 'tenant_access_token',
    secret: settings.appSecret,
    marginMs: tokenMarginMs,
    async fetch() {
      const { lark } = await load();
      const reply = (await lark.auth.v3.tenantAccessToken.internal({
        data: { app_id: settings.appId, app_secret: settings.appSecret },
      })) as { readonly tenant_access_token?: string; readonly expire?: number };
      if (!reply.tenant_access_token) throw ApiFailure.unreached('network', null);
      return { token: reply.tenant_access_token, expiresInSeconds: reply.expire ?? 0 };
    },
    restAfter: () => 0,
  });

  const note = (error: unknown): ApiFailure => {
    const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
    const { kind, status, code, logId } = failure;
    log.warn({ kind, status, code, logId }, 'feishu api call failed');
    return failure;
  };
  const noting = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw note(error);
    }
  };

  return {
    async bare(run) {
      const { lark, sdk } = await load();
      return noting(() => run(lark, sdk));
    },
    async asApp(run) {
      const { lark, sdk } = await load();
      const token = await noting(tokens.get);
      try {
        return await run(lark, sdk.withTenantToken(token));
      } catch (error) {
        if (!(error instanceof ApiFailure) || !tokenRefused.includes(error.code ?? 0)) throw note(error);
      }
      tokens.drop(token);
      const fresh = await noting(tokens.get);
      return noting(() => run(lark, sdk.withTenantToken(fresh)));
    },
  };
}
