/** What the platform can be told to do wrong: flawed callbacks, troubled API answers, a deaf or jealous bot socket. */
import { type ApiEffect, createTrouble, type Trouble, type TroubleState } from '../platform/trouble.ts';

/** Faults of one push. The first group is legitimate traffic at its worst; the second must be refused by the product. */
export interface Flaws {
  /** Deliver this event so many times in a row. */
  readonly copies?: number;
  /** Envelope and inner XML with line breaks and indentation between the elements. */
  readonly spacedXml?: boolean;
  /** The envelope's elements in another order, and without AgentID. */
  readonly bareEnvelope?: boolean;
  /** Send the body in two pieces, cut in the middle. */
  readonly splitBody?: boolean;
  /** Lost on the platform's side: never sent, never tried again. */
  readonly dropped?: boolean;

  /** One digit of the signature is another. */
  readonly forgedSignature?: boolean;
  readonly missingSignature?: boolean;
  /** Signed with another token. */
  readonly wrongToken?: boolean;
  /** Sealed for another company: the receiveid behind the message. */
  readonly wrongReceiveId?: boolean;
  /** Our receiveid, but another ToUserName inside and outside. */
  readonly wrongCorp?: boolean;
  /** The plain inner XML as body; signed as if it were the ciphertext. */
  readonly unencrypted?: boolean;
  /** Last byte of the ciphertext flipped, correctly signed: the padding no longer is one. */
  readonly tampered?: boolean;
  /** Last byte of the padding is 0, or 33. */
  readonly padByte?: 0 | 33;
  /** The length in front of the message is larger than everything. */
  readonly wrongLength?: boolean;
  readonly emptyEncrypt?: boolean;
  /** A document type with nested entities in the envelope; otherwise sound. */
  readonly entityBomb?: boolean;
  readonly truncated?: boolean;
  /** Bytes in the inner XML that are not UTF-8. */
  readonly notUtf8?: boolean;
  /** Body of more than 1 MiB. */
  readonly oversize?: boolean;
}

export interface BotMisbehaviour {
  /** Pings get no answer any more. */
  silentPong(on: boolean): void;
  /** Commands other than ping and subscribe are carried out, but never acknowledged. */
  silentAcks(on: boolean): void;
  /** The next commands (ping and subscribe excepted) are refused with this code: 846605, 846608, 45009 … */
  refuseCommands(code: number, times?: number): void;
  /** Subscribing answers with this code (853000 …); null: works. */
  refuseSubscribe(code: number | null): void;
}

export interface Misbehaviour extends Trouble<Flaws> {
  /** The next message/send calls fail with this code; -1 (busy) unless told. */
  failNextSends(count: number, effect?: ApiEffect): void;
  readonly bot: BotMisbehaviour;
}

export interface MisbehaviourState extends Misbehaviour, TroubleState<Flaws> {
  readonly botState: { silentPong: boolean; silentAcks: boolean; subscribeCode: number | null; refusals: number[] };
}

/** True when the product must not accept a push with these flaws. */
export function mustBeRefused(flaws: Flaws): boolean {
  const { copies, spacedXml, bareEnvelope, splitBody, dropped, ...forgeries } = flaws;
  return Object.values(forgeries).some((flaw) => flaw !== undefined && flaw !== false);
}

export function createMisbehaviour(): MisbehaviourState {
  const trouble = createTrouble<Flaws>();
  const botState: MisbehaviourState['botState'] = {
    silentPong: false,
    silentAcks: false,
    subscribeCode: null,
    refusals: [],
  };
  return {
    ...trouble,
    botState,
    failNextSends(count, effect = { kind: 'error', code: -1 }) {
      trouble.api({ match: /^POST \/cgi-bin\/message\/send$/, times: count, effect });
    },
    bot: {
      silentPong(on) {
        botState.silentPong = on;
      },
      silentAcks(on) {
        botState.silentAcks = on;
      },
      refuseCommands(code, times = 1) {
        for (let i = 0; i < times; i += 1) botState.refusals.push(code);
      },
      refuseSubscribe(code) {
        botState.subscribeCode = code;
      },
    },
    clear() {
      trouble.clear();
      Object.assign(botState, { silentPong: false, silentAcks: false, subscribeCode: null, refusals: [] });
    },
  };
}
