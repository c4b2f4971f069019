/** Answers of the server API: always HTTP 200, `errcode` decides; and what a route is. */
import type { ApiCall, RawReply } from '../platform/http-face.ts';

export interface Reply extends RawReply {
  readonly body: { readonly errcode: number; readonly errmsg: string; readonly [field: string]: unknown } | Buffer;
}

/** Whose secret the token came from. */
export type TokenKind = 'app' | 'contact' | 'archive';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Tokens that may call it; `none` where no token is asked for. */
  readonly tokens: readonly TokenKind[] | 'none';
  readonly answer: (call: ApiCall) => Reply;
}

export const ok = (fields: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { errcode: 0, errmsg: 'ok', ...fields },
});

export const refuse = (errcode: number, words: string, fields: Record<string, unknown> = {}): Reply => {
  const errmsg = `${words}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { status: 200, body: { errcode, errmsg, ...fields } };
};

/** 40058: a parameter is missing or wrong. */
export const badParam = (which: string): Reply => refuse(40058, `invalid Request Parameter: ${which}`);

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
