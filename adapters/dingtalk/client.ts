/** Calls of both API families and of session webhooks: our token, a time limit, one second chance, and the month's count. */
import type { ChannelContext } from '../../src/channel/channel.ts';
import type { Agents } from './agents.ts';
import { ApiFailure } from './api-failure.ts';
import { isMonthOverCode, isUncounted } from './error-rules.ts';
import { explainFailure } from './errors.ts';
import { type Ask, request } from './http.ts';
import { field, type JsonRecord, textField } from './json.ts';
import { untilMonthProbe } from './month.ts';
import { createProblems } from './problems.ts';
import type { DingtalkSettings } from './settings.ts';
import type { Problem } from './state.ts';
import { restAfter, tokenMarginMs } from './token.ts';

export interface DingtalkClient {
  /** A call of api.dingtalk.com; `path` begins with `/v1.0/`; `as`: how it is called in logs, where it names somebody. All reject with ApiFailure only. */
  api(method: 'POST' | 'PUT' | 'DELETE', path: string, body: JsonRecord, as?: string): Promise<JsonRecord>;
  /** A call of oapi.dingtalk.com; `path` begins with `/topapi/`. */
  oapi(path: string, body: JsonRecord): Promise<JsonRecord>;
  /** Puts an image with the platform; resolves with its media_id. */
  uploadImage(name: string, png: Buffer): Promise<string>;
  /** Answers at a session webhook, which needs no token and costs no API call. */
  answer(webhook: string, body: JsonRecord): Promise<void>;
  /** What is wrong with the app as a whole, and what to do; null when nothing is known to be. */
  problem(): Problem | null;
}

const tokenRefused = ['InvalidAuthentication', '40014', '42001', '40000'];
/** Tokens, tickets, people and departments cost nothing (dingtalk.md §6.1). */
const exempt = /^\/(v1\.0\/oauth2\/|topapi\/(v2\/)?(user|department|role|extcontact)\/)/;

export function createClient(
  settings: DingtalkSettings,
  agents: Agents,
  { usage, tokens: vault, now, log }: Pick<ChannelContext, 'usage' | 'tokens' | 'now' | 'log'>,
): DingtalkClient {
  const { clientId, clientSecret, apiBase, oapiBase } = settings;
  const problems = createProblems((failure) => explainFailure(failure, clientId));
  let exhausted: { readonly failure: ApiFailure; readonly until: number } | null = null;

  async function ask(path: string, meter: 'api' | 'push' | null, call: Ask): Promise<JsonRecord> {
    const { status, body } = await request(agents, call);
    const failure = ApiFailure.of(status, body);
    const carriedOut = failure === null || (failure.kind === 'refused' && !isUncounted(failure.code));
    if (meter !== null && carriedOut) usage.add(meter);
    if (meter === 'api') noteMonth(failure);
    if (failure !== null) throw failure;
    // An answer at a session webhook needs no credentials: it says nothing about them.
    if (meter !== 'push') problems.note(path, null, meter === 'api');
    return body ?? {};
  }

  function noteMonth(failure: ApiFailure | null): void {
    if (failure === null) exhausted = null;
    else if (isMonthOverCode(failure.code)) {
      exhausted = { failure, until: now() + untilMonthProbe(now()) };
    }
  }

  const tokens = vault.share({
    name: 'access_token',
    secret: clientSecret,
    marginMs: tokenMarginMs,
    async fetch() {
      const path = '/v1.0/oauth2/accessToken';
      const body = { appKey: clientId, appSecret: clientSecret };
      const reply = await ask(path, null, { method: 'POST', url: new URL(apiBase + path), body });
      const [token, seconds] = [textField(reply, 'accessToken'), field(reply, 'expireIn')];
      if (token === null || typeof seconds !== 'number') throw ApiFailure.unreached('network', null);
      return { token, expiresInSeconds: seconds };
    },
    restAfter,
  });

  /** The call with a token, and once more with a fresh one where the platform does not know it any more. */
  async function withToken(path: string, run: (token: string) => Ask): Promise<JsonRecord> {
    const meter = exempt.test(path) ? null : 'api';
    if (meter === 'api' && exhausted !== null && now() < exhausted.until) throw exhausted.failure;
    const token = await tokens.get();
    try {
      return await ask(path, meter, run(token));
    } catch (error) {
      if (!(error instanceof ApiFailure) || !error.is(...tokenRefused)) throw error;
    }
    tokens.drop(token);
    return ask(path, meter, run(await tokens.get()));
  }

  async function noting<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
      const { kind, status, code } = failure;
      problems.note(path, failure);
      log.warn({ path, kind, status, code }, 'dingtalk api call failed');
      throw failure;
    }
  }

  return {
    api: (method, path, body, as = path) =>
      noting(as, () =>
        withToken(as, (token) => ({
          method,
          url: new URL(apiBase + path),
          headers: { 'x-acs-dingtalk-access-token': token },
          body,
        })),
      ),
    oapi: (path, body) =>
      noting(path, () =>
        withToken(path, (token) => {
          const url = new URL(oapiBase + path);
          url.searchParams.set('access_token', token);
          return { method: 'POST', url, body };
        }),
      ),
    async uploadImage(name, bytes) {
      const path = '/media/upload';
      const reply = await noting(path, () =>
        withToken(path, (token) => {
          const url = new URL(oapiBase + path);
          url.searchParams.set('access_token', token);
          url.searchParams.set('type', 'image');
          return { method: 'POST', url, body: {}, file: { name, bytes } };
        }),
      );
      const mediaId = textField(reply, 'media_id');
      if (mediaId === null) throw ApiFailure.unreached('network', null);
      return mediaId;
    },
    async answer(webhook, body) {
      const path = 'session webhook';
      await noting(path, () => ask(path, 'push', { method: 'POST', url: new URL(webhook), body }));
    },
    problem: problems.current,
  };
}
