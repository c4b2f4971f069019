/** What becomes of a frame that was sent: acknowledged, refused, never sent, or nobody knows. */
import { isRecord } from '../json.ts';

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: number }
  /** It never left: there is no connection. */
  | { readonly kind: 'unsent' }
  /**
   * Sent, and no answer came. `alive`: the platform answered a ping that was sent after it on the same connection, so
   * it has read the frame; else the connection is dead and the frame may not have arrived.
   */
  | { readonly kind: 'unanswered'; readonly alive: boolean };

/** Answers that are still waited for after the SDK has given them up, by request id. */
export type LateAcks = Map<string, (outcome: Outcome) => void>;

/** The SDK rejects with the answer itself when the platform refuses, and with an Error in every other case. */
export async function fateOf(reply: Promise<unknown>): Promise<Outcome | 'no_answer'> {
  try {
    await reply;
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof Error)) return { kind: 'refused', code: codeOf(error) };
    if (error.message.startsWith('WebSocket not connected')) return { kind: 'unsent' };
    if (error.message.startsWith('Reply ack timeout')) return 'no_answer';
    if (error.message.startsWith('Reply queue')) return { kind: 'unsent' };
    return { kind: 'unanswered', alive: false };
  }
}

/**
 * An answer after its five seconds is for the SDK an unknown frame, which it only writes to its log: that line is the
 * one place to hear it. True when this line was such an answer.
 */
export function readLateAcks(late: LateAcks, message: string, said: readonly unknown[]): boolean {
  if (!message.startsWith('Received unknown frame') || typeof said[0] !== 'string') return false;
  const frame: unknown = JSON.parse(said[0]);
  const reqId = isRecord(frame) && isRecord(frame.headers) ? frame.headers.req_id : null;
  if (typeof reqId !== 'string' || !isRecord(frame)) return false;
  const code = codeOf(frame);
  late.get(reqId)?.(code === 0 ? { kind: 'done' } : { kind: 'refused', code });
  return true;
}

function codeOf(frame: unknown): number {
  return isRecord(frame) && typeof frame.errcode === 'number' ? frame.errcode : -1;
}
