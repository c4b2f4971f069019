/** One refused or unreachable API call, with what may be told of what the platform said. */
import { field, type JsonRecord, recordField, textField } from './json.ts';

interface Facts {
  readonly status: number;
  readonly code: string | null;
  readonly scopes: readonly string[];
  readonly ip: string | null;
}

const nothing: Facts = { status: 0, code: null, scopes: [], ip: null };
/** The firewall in front of the platform: its own JSON, or a page of HTML (dingtalk.md §6.1). */
const firewallStatus = 1111;

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  /** `banned`: the firewall answered, not the API. */
  readonly kind: 'network' | 'timeout' | 'refused' | 'banned';
  /** HTTP status; 0 when no reply came. */
  readonly status: number;
  /** A word of api.dingtalk.com, or the inner code of oapi as digits; null when the reply carried none. */
  readonly code: string | null;
  /** Permissions that the app lacks for this call. */
  readonly scopes: readonly string[];
  /** The address we came from, where the platform complains about it. */
  readonly ip: string | null;

  private constructor(kind: ApiFailure['kind'], { status, code, scopes, ip }: Facts, cause?: unknown) {
    super(`dingtalk api ${kind} ${status} ${code ?? ''}`.trim(), { cause });
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.scopes = scopes;
    this.ip = ip;
  }

  /** True when the platform refused with one of these codes. */
  is(...codes: readonly string[]): boolean {
    return this.code !== null && codes.includes(this.code);
  }

  static unreached(kind: 'network' | 'timeout', cause: unknown): ApiFailure {
    return new ApiFailure(kind, nothing, cause);
  }

  /**
   * The failure a reply amounts to, or null when it is a success. HTTP 200 proves nothing: oapi reports every error so, and
   * api.dingtalk.com unknown paths. Messages may quote what we sent, so of them only an address and scopes are kept.
   */
  static of(status: number, body: JsonRecord | null): ApiFailure | null {
    if (body === null) return new ApiFailure(status >= 500 ? 'refused' : 'banned', { ...nothing, status });
    if (field(body, 'status') === firewallStatus) return new ApiFailure('banned', { ...nothing, status });
    const errcode = field(body, 'errcode');
    const bad = typeof errcode === 'number' && errcode !== 0;
    if (status >= 200 && status < 300 && !bad && field(body, 'success') !== false) return null;
    const said = ['message', 'sub_msg', 'errmsg'].map((name) => textField(body, name) ?? '').join(' ');
    const inner = textField(body, 'sub_code') ?? /\bsubcode=(\d{1,9})\b/.exec(said)?.[1];
    const code = bad ? (inner ?? String(errcode)) : textField(body, 'code');
    const ip = /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(said)?.[0] ?? null;
    return new ApiFailure('refused', { status, code: wellFormed(code), scopes: scopesOf(body, said), ip });
  }
}

function scopesOf(body: JsonRecord, said: string): readonly string[] {
  const detail = recordField(body, 'accessdenieddetail');
  const listed = detail ? field(detail, 'requiredScopes') : undefined;
  const named = Array.isArray(listed) ? listed : (/requiredScopes=\[([^\]]*)\]/.exec(said)?.[1] ?? '').split(',');
  return named.flatMap((scope) => {
    const name = typeof scope === 'string' ? scope.trim() : '';
    return /^[\w.]{1,80}$/.test(name) ? [name] : [];
  });
}

/** A code that is none, but words, could quote what we sent. */
const wellFormed = (code: string | null): string | null => (code !== null && /^[\w.-]{1,80}$/.test(code) ? code : null);
