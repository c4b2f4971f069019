/** What the platform can be told to do wrong: flawed pushes, troubled API answers, deaf or refused long connections. */

/** Faults of one push. The first group is legitimate traffic at its worst; the second must be refused by the product. */
export interface Flaws {
  /** Deliver this event so many times in a row. */
  readonly copies?: number;
  /** JSON whose bytes differ from a compact re-serialisation (spaces, escapes); correctly signed. */
  readonly spacedJson?: boolean;
  /** Send the body in two pieces, cut inside a character of several bytes where there is one. */
  readonly splitBody?: boolean;
  /** Long connection: cut the payload into so many frames. */
  readonly fragments?: number;

  readonly forgedSignature?: boolean;
  readonly missingSignature?: boolean;
  readonly wrongToken?: boolean;
  readonly wrongTenant?: boolean;
  readonly wrongApp?: boolean;
  /** Sign with a timestamp this many seconds in the past. */
  readonly staleSeconds?: number;
  /** Send the plain envelope although an Encrypt Key is set; correctly signed. */
  readonly unencrypted?: boolean;
  readonly brokenPadding?: boolean;
  readonly truncated?: boolean;
  readonly notUtf8?: boolean;
  /** Plain text nested 100,000 levels deep. */
  readonly deepJson?: boolean;
  /** Body of more than 1 MiB. */
  readonly oversize?: boolean;
}

export type ApiEffect =
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly msg?: string }
  /** 429 with the wait in `x-ogw-ratelimit-reset`, seconds. */
  | { readonly kind: 'rate_limit'; readonly resetSeconds?: number }
  /** Cut the connection before the call is carried out. */
  | { readonly kind: 'reset' }
  /** Carry the call out, then cut the connection: the caller cannot know. */
  | { readonly kind: 'apply_then_reset' }
  /** Answer after so many real ms. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'not_json'; readonly status: number };

export interface ApiTrouble {
  /** Tested against `METHOD /path`; every call when left out. */
  readonly match?: RegExp;
  /** 1 unless told; Infinity until `clear`. */
  readonly times?: number;
  readonly effect: ApiEffect;
}

export interface Misbehaviour {
  /** Flaws for the next pushes that bring none of their own. */
  nextPushes(flaws: Flaws, times?: number): void;
  api(trouble: ApiTrouble): void;
  /** The next sends and replies fail with HTTP 500, code 2200 (or what is told). */
  failNextSends(count: number, effect?: ApiEffect): void;
  rateLimitEverything(on: boolean): void;
  silentPong(on: boolean): void;
  /** Endpoint discovery answers with this code (1, 514, 1000040343, 1000040350 …); null: works. */
  refuseDiscovery(code: number | null): void;
  clear(): void;
}

export interface MisbehaviourState extends Misbehaviour {
  takeFlaws(): Flaws;
  takeApiEffect(method: string, path: string): ApiEffect | null;
  pongIsSilent(): boolean;
  discoveryCode(): number | null;
}

/** True when the product must not accept a push with these flaws. */
export function mustBeRefused(flaws: Flaws): boolean {
  const { copies, spacedJson, splitBody, fragments, staleSeconds, ...forgeries } = flaws;
  return (staleSeconds ?? 0) > 300 || Object.values(forgeries).some(Boolean);
}

export function createMisbehaviour(): MisbehaviourState {
  const flawed: Flaws[] = [];
  const troubles: { match: RegExp | undefined; left: number; effect: ApiEffect }[] = [];
  let limitAll = false;
  let silent = false;
  let refusal: number | null = null;

  const api = ({ match, times = 1, effect }: ApiTrouble): void => {
    troubles.push({ match, left: times, effect });
  };

  return {
    nextPushes(flaws, times = 1) {
      for (let i = 0; i < times; i += 1) flawed.push(flaws);
    },
    api,
    failNextSends(count, effect = { kind: 'error', status: 500, code: 2200 }) {
      api({ match: /^POST \/open-apis\/im\/v1\/messages(\/[^/]+\/reply)?$/, times: count, effect });
    },
    rateLimitEverything(on) {
      limitAll = on;
    },
    silentPong(on) {
      silent = on;
    },
    refuseDiscovery(code) {
      refusal = code;
    },
    clear() {
      flawed.length = 0;
      troubles.length = 0;
      limitAll = false;
      silent = false;
      refusal = null;
    },
    takeFlaws: () => flawed.shift() ?? {},
    takeApiEffect(method, path) {
      if (limitAll) return { kind: 'rate_limit' };
      const trouble = troubles.find(({ match, left }) => left > 0 && (!match || match.test(`${method} ${path}`)));
      if (!trouble) return null;
      trouble.left -= 1;
      return trouble.effect;
    },
    pongIsSilent: () => silent,
    discoveryCode: () => refusal,
  };
}
