/** A call that makes something, sent twice under one key, makes it once and is answered the same twice. */
import type { Tx } from '../tx.ts';

export interface KeyedCall {
  /** Hash of who asks, what for, and the key they gave. */
  readonly id: string;
  /** Hash of what is asked. */
  readonly requestHash: string;
}

export type Once<Result> =
  | { readonly ok: true; readonly result: Result }
  /** The answer of the first time. */
  | { readonly ok: true; readonly replayed: string }
  /** Another request had this key. */
  | { readonly ok: false; readonly reason: 'key_reused' };

/** `keep` says what to answer again; null when nothing was made, so that the call may be tried anew under its key. */
export async function answerOnce<Result>(
  tx: Tx,
  { id, requestHash }: KeyedCall,
  work: () => Promise<Result>,
  keep: (result: Result) => string | null,
): Promise<Once<Result>> {
  // Of two at the same time the second waits here until the first is done.
  if (!(await tx.answeredCall.insertIfNew({ id, requestHash, answer: '', createdAt: tx.now }))) {
    const before = await tx.answeredCall.hold(id);
    if (before) return again(before.requestHash === requestHash ? before.answer : null);
  }
  const result = await work();
  const answer = keep(result);
  if (answer === null) await tx.answeredCall.remove({ id });
  else await tx.answeredCall.update({ id }, { answer });
  return { ok: true, result };
}

const again = (answer: string | null): Once<never> =>
  answer === null ? { ok: false, reason: 'key_reused' } : { ok: true, replayed: answer };
