/** Calls of the server API in the name of one secret: its token, a time limit, one second chance after a refused token. */
import type { Agent } from 'node:http';
import type { ChannelContext } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import { requestJson, Upload } from './http.ts';
import { field, type JsonRecord, textField } from './json.ts';
import { restAfter, tokenMarginMs } from './token.ts';

export interface WecomClient {
  /** `path` as the documents write it after `/cgi-bin/`. Rejects with ApiFailure only. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<JsonRecord>;
  post(path: string, body: JsonRecord): Promise<JsonRecord>;
  /** Returns the media_id of an image, which every app of the company may send for three days. */
  uploadImage(name: string, png: Buffer): Promise<string>;
}

export interface ClientSettings {
  readonly corpId: string;
  readonly secret: string;
  /** What the secret is of; its token is another than the app's. */
  readonly of: 'app' | 'contacts' | 'archive';
  readonly apiBase: string;
}

/** No token, an unknown or revoked one, an expired one: all mean the same. */
const tokenRefused = [41001, 40014, 42001];

export function createClient(
  settings: ClientSettings,
  agent: Agent,
  { tokens: vault, log }: Pick<ChannelContext, 'tokens' | 'log'>,
): WecomClient {
  const { corpId, secret, apiBase } = settings;

  async function ask(path: string, query: Readonly<Record<string, string>>, body: JsonRecord | Upload | null) {
    const url = new URL(`${apiBase}/cgi-bin/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const reply = await requestJson(agent, url, body);
    const failure = ApiFailure.of(reply);
    if (failure !== null) throw failure;
    return reply;
  }

  const tokens = vault.share({
    name: `access_token:${settings.of}`,
    secret,
    marginMs: tokenMarginMs,
    async fetch() {
      const reply = await ask('gettoken', { corpid: corpId, corpsecret: secret }, null);
      const [token, seconds] = [textField(reply, 'access_token'), field(reply, 'expires_in')];
      if (token === null || typeof seconds !== 'number') throw ApiFailure.unreached('network', null);
      return { token, expiresInSeconds: seconds };
    },
    restAfter,
  });

  async function call(path: string, query: Readonly<Record<string, string>>, body: JsonRecord | Upload | null) {
    const token = await tokens.get();
    try {
      return await ask(path, { ...query, access_token: token }, body);
    } catch (error) {
      if (!(error instanceof ApiFailure) || !error.is(...tokenRefused)) throw error;
    }
    tokens.drop(token);
    return ask(path, { ...query, access_token: await tokens.get() }, body);
  }

  async function noting(path: string, query: Readonly<Record<string, string>>, body: JsonRecord | Upload | null) {
    try {
      return await call(path, query, body);
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
      log.warn({ path, kind: failure.kind, code: failure.code }, 'wecom api call failed');
      throw failure;
    }
  }

  return {
    get: (path, query = {}) => noting(path, query, null),
    post: (path, body) => noting(path, {}, body),
    async uploadImage(name, png) {
      const reply = await noting('media/upload', { type: 'image' }, new Upload(name, png));
      const mediaId = textField(reply, 'media_id');
      if (mediaId === null) throw ApiFailure.unreached('network', null);
      return mediaId;
    },
  };
}
