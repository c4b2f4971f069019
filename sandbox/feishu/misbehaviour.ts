/** What the platform can be told to do wrong: flawed pushes, troubled API answers, deaf or refused long connections. */
import { type ApiEffect, createTrouble, type Trouble, type TroubleState } from '../platform/trouble.ts';

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

export interface Misbehaviour extends Trouble<Flaws> {
  /** The next sends and replies fail with HTTP 500, code 2200 (or what is told). */
  failNextSends(count: number, effect?: ApiEffect): void;
  silentPong(on: boolean): void;
  /** Endpoint discovery answers with this code (1, 514, 1000040343, 1000040350 …); null: works. */
  refuseDiscovery(code: number | null): void;
}

export interface MisbehaviourState extends Misbehaviour, TroubleState<Flaws> {
  pongIsSilent(): boolean;
  discoveryCode(): number | null;
}

/** True when the product must not accept a push with these flaws. */
export function mustBeRefused(flaws: Flaws): boolean {
  const { copies, spacedJson, splitBody, fragments, staleSeconds, ...forgeries } = flaws;
  return (staleSeconds ?? 0) > 300 || Object.values(forgeries).some(Boolean);
}

export function createMisbehaviour(): MisbehaviourState {
  const trouble = createTrouble<Flaws>();
  let silent = false;
  let refusal: number | null = null;
  return {
    ...trouble,
    failNextSends(count, effect = { kind: 'error', status: 500, code: 2200 }) {
      trouble.api({ match: /^POST \/open-apis\/im\/v1\/messages(\/[^/]+\/reply)?$/, times: count, effect });
    },
    silentPong(on) {
      silent = on;
    },
    refuseDiscovery(code) {
      refusal = code;
    },
    clear() {
      trouble.clear();
      silent = false;
      refusal = null;
    },
    pongIsSilent: () => silent,
    discoveryCode: () => refusal,
  };
}
