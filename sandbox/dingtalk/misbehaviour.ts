/** What the platform can be told to do wrong: flawed pushes, troubled API answers, and a gateway at its worst. */
import { type ApiEffect, createTrouble, type Trouble, type TroubleState } from '../platform/trouble.ts';

/** Faults of one push. The first two groups are legitimate traffic at its worst; the last must be refused by the product. */
export interface Flaws {
  /** Deliver this so many times. */
  readonly copies?: number;
  /** Lost on the platform's side: never sent, never tried again. */
  readonly dropped?: boolean;
  /** Send the body in two pieces, cut in the middle (HTTP). */
  readonly splitBody?: boolean;
  /** The query says `signature` and `timeStamp` instead of `msg_signature` and `timestamp` (HTTP events). */
  readonly oldNames?: boolean;
  /** `params` beside `cardPrivateData`, and no space, as old clients send (card callbacks). */
  readonly oldCardShape?: boolean;

  /** Cut the socket right behind the frame: an ack cannot arrive (stream). */
  readonly cutConnection?: boolean;
  /** `data` is not JSON (stream). */
  readonly brokenData?: boolean;

  /** One character of the signature is another (HTTP). */
  readonly forgedSignature?: boolean;
  readonly missingSignature?: boolean;
  /** Signed with another token or secret. */
  readonly wrongToken?: boolean;
  /** Signed so long ago, ms (robot messages over HTTP). */
  readonly signedAgoMs?: number;
  /** Sealed for another app: the owner key behind the message (HTTP events). */
  readonly wrongOwner?: boolean;
  /** Our signature and seal, but the `CorpId` or `chatbotCorpId` of another company. */
  readonly wrongCorp?: boolean;
  /** Last byte of the ciphertext flipped, correctly signed: the padding no longer is one. */
  readonly tampered?: boolean;
  /** Last byte of the padding is 0, or 33. */
  readonly padByte?: 0 | 33;
  /** The length in front of the message is larger than everything. */
  readonly wrongLength?: boolean;
  readonly emptyEncrypt?: boolean;
  readonly truncated?: boolean;
  /** Body of more than 1 MiB. */
  readonly oversize?: boolean;
}

export interface StreamMisbehaviour {
  /** Opening answers with this HTTP status: 401 authFailed, 503, 400 (HTML, as proxies make it); null: works. */
  refuseOpening(status: 400 | 401 | 503 | null): void;
  /** Opening succeeds, the socket does not: what sets off the official client's reconnect storm. */
  refuseSockets(on: boolean): void;
  /** So many dead connections, which the gateway takes for alive, get their share: what they get is lost, and comes again. */
  ghosts(count: number): void;
}

export interface Misbehaviour extends Trouble<Flaws> {
  /** The next robot sends and card creations fail; busy (500) unless told. */
  failNextSends(count: number, effect?: ApiEffect): void;
  /** The next sends and creations answer 200 like a success, but reach nobody: only the lists inside tell. */
  hideFailures(count: number): void;
  readonly gateway: StreamMisbehaviour;
}

export interface MisbehaviourState extends Misbehaviour, TroubleState<Flaws> {
  takeHiddenFailure(): boolean;
  readonly gatewayState: { openingStatus: number | null; socketsRefused: boolean; ghosts: number };
}

const SENDS =
  /^POST \/(api\/v1\.0\/(robot\/(oToMessages\/batchSend|groupMessages\/send)|card\/instances.*)|oapi\/robot\/.*)$/;
const HOUR_MS = 3600_000;

/** True when the product must not accept a push with these flaws. */
export function mustBeRefused(flaws: Flaws): boolean {
  const { copies, dropped, splitBody, oldNames, oldCardShape, cutConnection, signedAgoMs, ...forgeries } = flaws;
  return (signedAgoMs ?? 0) > HOUR_MS || Object.values(forgeries).some((flaw) => flaw !== undefined && flaw !== false);
}

export function createMisbehaviour(): MisbehaviourState {
  const trouble = createTrouble<Flaws>();
  const gatewayState: MisbehaviourState['gatewayState'] = { openingStatus: null, socketsRefused: false, ghosts: 0 };
  let hidden = 0;
  return {
    ...trouble,
    gatewayState,
    failNextSends(count, effect = { kind: 'error', status: 500, code: -1 }) {
      trouble.api({ match: SENDS, times: count, effect });
    },
    hideFailures(count) {
      hidden += count;
    },
    takeHiddenFailure() {
      if (hidden === 0) return false;
      hidden -= 1;
      return true;
    },
    gateway: {
      refuseOpening(status) {
        gatewayState.openingStatus = status;
      },
      refuseSockets(on) {
        gatewayState.socketsRefused = on;
      },
      ghosts(count) {
        gatewayState.ghosts = count;
      },
    },
    clear() {
      trouble.clear();
      hidden = 0;
      Object.assign(gatewayState, { openingStatus: null, socketsRefused: false, ghosts: 0 });
    },
  };
}
