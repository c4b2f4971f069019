/** Trouble on demand that every platform can make: flaws waiting for the next pushes, and API calls that go wrong. */

export type ApiEffect =
  /** Answer with this code; `status` where the platform reports errors by HTTP status. */
  | { readonly kind: 'error'; readonly code: number; readonly status?: number; readonly msg?: string }
  /** The platform's own rate-limit answer; `resetSeconds` where it tells the wait. */
  | { readonly kind: 'rate_limit'; readonly resetSeconds?: number }
  /** Cut the connection before the call is carried out. */
  | { readonly kind: 'reset' }
  /** Carry the call out, then cut the connection: the caller cannot know. */
  | { readonly kind: 'apply_then_reset' }
  /** Carry the call out at once, and answer after so many real ms. */
  | { readonly kind: 'late_answer'; readonly ms: number }
  /** Carry the call out and answer after so many real ms. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'not_json'; readonly status: number };

export interface ApiTrouble {
  /** Tested against `METHOD /path`; every call when left out. */
  readonly match?: RegExp;
  /** 1 unless told; Infinity until `clear`. */
  readonly times?: number;
  readonly effect: ApiEffect;
}

export interface Trouble<F> {
  /** Flaws for the next pushes that bring none of their own. */
  nextPushes(flaws: F, times?: number): void;
  api(trouble: ApiTrouble): void;
  rateLimitEverything(on: boolean): void;
  clear(): void;
}

export interface TroubleState<F> extends Trouble<F> {
  /** Null when none wait. */
  takeFlaws(): F | null;
  takeApiEffect(method: string, path: string): ApiEffect | null;
}

export function createTrouble<F>(): TroubleState<F> {
  const flawed: F[] = [];
  const troubles: { match: RegExp | undefined; left: number; effect: ApiEffect }[] = [];
  let limitAll = false;
  return {
    nextPushes(flaws, times = 1) {
      for (let i = 0; i < times; i += 1) flawed.push(flaws);
    },
    api({ match, times = 1, effect }) {
      troubles.push({ match, left: times, effect });
    },
    rateLimitEverything(on) {
      limitAll = on;
    },
    clear() {
      flawed.length = 0;
      troubles.length = 0;
      limitAll = false;
    },
    takeFlaws: () => flawed.shift() ?? null,
    takeApiEffect(method, path) {
      if (limitAll) return { kind: 'rate_limit' };
      const trouble = troubles.find(({ match, left }) => left > 0 && (!match || match.test(`${method} ${path}`)));
      if (!trouble) return null;
      trouble.left -= 1;
      return trouble.effect;
    },
  };
}
