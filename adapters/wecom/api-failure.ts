/** One refused or unreachable API call, with what the platform said about it. */
import { field, type JsonRecord, textField } from './json.ts';

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: 'network' | 'timeout' | 'refused';
  /** The platform's `errcode`; null when no answer came. */
  readonly code: number | null;
  /** The address we came from, where the platform complains about it (60020). */
  readonly ip: string | null;

  private constructor(kind: ApiFailure['kind'], code: number | null, ip: string | null, cause?: unknown) {
    super(`wecom api ${kind} ${code ?? ''}`.trim(), { cause });
    this.kind = kind;
    this.code = code;
    this.ip = ip;
  }

  /** True when the platform refused with one of these codes. */
  is(...codes: readonly number[]): boolean {
    return this.code !== null && codes.includes(this.code);
  }

  static unreached(kind: 'network' | 'timeout', cause: unknown): ApiFailure {
    return new ApiFailure(kind, null, null, cause);
  }

  /**
   * The failure a reply amounts to, or null when it is a success; old endpoints leave `errcode` out then. The words of
   * `errmsg` may quote what we sent, so of them only an address is kept.
   */
  static of(reply: JsonRecord): ApiFailure | null {
    const given = field(reply, 'errcode');
    if (given === undefined || given === 0) return null;
    const code = typeof given === 'number' ? given : null;
    const ip = /from ip: *([0-9a-fA-F.:]{3,45})/.exec(textField(reply, 'errmsg') ?? '')?.[1] ?? null;
    return new ApiFailure('refused', code, ip);
  }
}

/** True for a refusal with this code, whatever was thrown. */
export function isRefusedWith(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof ApiFailure && error.is(...codes);
}
