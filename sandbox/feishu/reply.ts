/** Answers of the open platform: the JSON shapes, statuses and codes it uses, and what a route is. */
import type { ApiCall } from '../platform/http-face.ts';

export interface Reply {
  readonly status: number;
  readonly body: { readonly code: number; readonly [field: string]: unknown };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** Path with `:name` for parameters. */
  readonly path: string;
  /** Which token the call must carry; `none` for those that hand tokens out. */
  readonly auth: 'tenant' | 'none';
  readonly answer: (call: ApiCall) => Reply;
}

export const ok = (data: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { code: 0, msg: 'success', data },
});

/** A success whose fields stand beside `code`, as the old endpoints answer. */
export const okFlat = (fields: Record<string, unknown>): Reply => ({
  status: 200,
  body: { code: 0, msg: 'ok', ...fields },
});

/** A business error: HTTP 400 with a code, a message and the `error` object. */
export const refuse = (code: number, msg: string, error: Record<string, unknown> = {}, status = 400): Reply => ({
  status,
  body: { code, msg, error: { log_id: `log-${code}`, troubleshooter: `code ${code}`, ...error } },
});

/** An error that the platform reports with HTTP 200. */
export const refuseWith200 = (code: number, msg: string, fields: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { code, msg, ...fields },
});

export const missingField = (field: string): Reply =>
  refuse(99992402, 'field validation failed', { field_violations: [{ field, description: `${field} is required` }] });
