/** Answers of the two API families, with the shapes, statuses and codes each uses (dingtalk.md §6.2); and what a route is. */
import type { ApiCall, RawReply } from '../platform/http-face.ts';
import type { Meter } from './quota.ts';

export interface Reply extends RawReply {
  readonly body: Readonly<Record<string, unknown>> | Buffer;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/…` stands for api.dingtalk.com, `/oapi/…` for oapi.dingtalk.com; `:name` for parameters. */
  readonly path: string;
  /** `none` where no access token is asked for. */
  readonly auth: 'token' | 'none';
  readonly scope?: string;
  /** What the call is counted as; absent: exempt. */
  readonly meter?: Meter;
  readonly answer: (call: ApiCall) => Reply;
}

export const ok = (body: Record<string, unknown>): Reply => ({ status: 200, body });

/** An error of api.dingtalk.com: a word as code, an HTTP status that fits. */
export const refuse = (code: string, message = code, status = 400, more: Record<string, unknown> = {}): Reply => ({
  status,
  body: { requestid: `request-${code}`, code, message, ...more },
});

/** A success of oapi.dingtalk.com. */
export const okOld = (fields: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { errcode: 0, errmsg: 'ok', ...fields },
});

/** An error of oapi.dingtalk.com: HTTP 200 all the same. */
export const refuseOld = (errcode: number, errmsg: string, more: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { errcode, errmsg, ...more },
});

/** The gateway's own refusals on oapi: errcode 88 with the real code inside. */
export const refuseSub = (code: number, words: string): Reply =>
  refuseOld(88, `ding talk error[subcode=${code},submsg=${words}]`, {
    sub_code: String(code),
    sub_msg: words,
    request_id: `request-${code}`,
  });

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
