/** One refused or unreachable API call, with what the platform said about it. */
import type { IncomingHttpHeaders } from 'node:http';
import { field, isRecord, recordField, textField } from './json.ts';

/** Refusals that pass by themselves: rates, quota, a token in need of renewal, an internal error. */
const passing = [2200, 11232, 11233, 232019, 99991400, 99991403, 99991661, 99991663];

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: 'network' | 'timeout' | 'refused';
  /** HTTP status; 0 when no reply came. */
  readonly status: number;
  /** The platform's business code, null when the reply carried none. */
  readonly code: number | null;
  /** The platform's own words. They may quote what we sent: for looking inside, never for a log. */
  readonly said: string;
  /** What the platform's support asks for; safe to log. */
  readonly logId: string | null;
  /** `x-ogw-ratelimit-reset`, in ms. */
  readonly resetMs: number | null;

  private constructor(
    kind: ApiFailure['kind'],
    facts: { status: number; code: number | null; said: string; logId: string | null; resetMs: number | null },
    cause?: unknown,
  ) {
    super(`feishu api ${kind} ${facts.status} ${facts.code ?? ''}`.trim(), { cause });
    this.kind = kind;
    this.status = facts.status;
    this.code = facts.code;
    this.said = facts.said;
    this.logId = facts.logId;
    this.resetMs = facts.resetMs;
  }

  /** The platform understood and said no; asking again would bring the same answer. */
  get isRefusal(): boolean {
    return this.kind === 'refused' && this.status < 500 && this.status !== 429 && !passing.includes(this.code ?? 0);
  }

  static unreached(kind: 'network' | 'timeout', cause: unknown): ApiFailure {
    return new ApiFailure(kind, { status: 0, code: null, said: '', logId: null, resetMs: null }, cause);
  }

  /** The failure a reply amounts to, or null when it is a success. */
  static of(status: number, headers: IncomingHttpHeaders, body: unknown): ApiFailure | null {
    const reply = isRecord(body) ? body : {};
    const given = field(reply, 'code');
    const code = typeof given === 'number' ? given : null;
    if (status >= 200 && status < 300 && (code === 0 || (code === null && isRecord(body)))) return null;
    const detail = recordField(reply, 'error');
    const reset = Number(headers['x-ogw-ratelimit-reset']);
    const header = headers['x-tt-logid'];
    return new ApiFailure('refused', {
      status,
      code,
      said: textField(reply, 'msg', 10_000) ?? textField(reply, 'error_description', 10_000) ?? '',
      logId: (detail && textField(detail, 'log_id')) ?? (typeof header === 'string' ? header : null),
      resetMs: Number.isFinite(reset) && reset > 0 ? reset * 1000 : null,
    });
  }
}
