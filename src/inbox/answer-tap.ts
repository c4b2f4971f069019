/** Answers a tap while the platform waits. It is stored first, so that a neutral word for want of time is a promise that is kept. */
import type { CardTap, TapAnswer } from '../channel/event.ts';
import { answerLate } from '../crm/card/answer-late.ts';
import { decideTap } from '../crm/card/decide-tap.ts';
import type { Tx } from '../crm/tx.ts';
import { describeError, type Log } from '../log.ts';
import type { NewWork, WorkQueue } from '../work/queue.ts';
import { createPatience, type Patience } from './patience.ts';
import { newTapWork } from './stored-tap.ts';
import { AGAIN, DOUBLED, LATER } from './tap-notices.ts';

export interface AnswerTapOptions<Session> {
  readonly inbox: WorkQueue<Session>;
  readonly newId: () => string;
  readonly now: () => number;
  readonly log: Log;
  readonly transact: <T>(tenantId: string, work: (tx: Tx, session: Session) => Promise<T>) => Promise<T>;
}

/** One tap on its way: its row, whether that is committed, and how long anybody listens. */
interface Arrival {
  readonly row: NewWork;
  readonly tap: CardTap;
  readonly patience: Patience<TapAnswer>;
  stored: boolean;
}

/**
 * Two commits a tap: its row, then its decision. Measured against a row written with the decision in one commit: 0.8 of
 * the taps per second on SQLite at FULL (1.3 ms instead of 1.1 ms), no difference on MariaDB. Storing only when the time
 * runs out would save that, but what holds the decision up then holds up the row as well where there is one writer.
 *
 * Returns the answer within the budget: the outcome; 已收到 when the tap is stored and the worker will decide it; 请再点一次
 * when it is not stored, and then it comes to nothing. Never rejects.
 */
export function createAnswerTap<Session>(
  options: AnswerTapOptions<Session>,
): (tenantId: string, accountId: string, tap: CardTap) => Promise<TapAnswer> {
  const { inbox, newId, now, log, transact } = options;

  /** False when the tap was delivered before. Throws when the tapper has been asked to tap again. */
  const store = ({ row, patience }: Arrival): Promise<boolean> =>
    transact(row.tenantId, async (_, session) => {
      patience.committing(false);
      const added = await inbox.add(session, [row]);
      if (patience.isOver()) throw new TooLateError('the tapper has been asked to tap again');
      patience.committing(true);
      return added === 1;
    });

  /** The row is settled last: whoever delivers the tap a second time, or claims, must not wait for us on its lock. */
  const decide = ({ row, tap, patience }: Arrival) =>
    transact(row.tenantId, async (tx, session) => {
      patience.committing(false);
      const answer = await decideTap(tx, row.accountId, tap);
      await inbox.settleWaiting(session, row, now());
      const told = patience.isOver();
      if (told) await answerLate(tx, row.accountId, tap, answer);
      patience.committing(true);
      return { answer, told };
    });

  /** The worker must not decide what the tapper was asked to repeat. */
  const discard = ({ row }: Arrival) =>
    transact(row.tenantId, (_, session) => inbox.settleWaiting(session, row, now())).catch((error: unknown) =>
      log.warn({ ...describeError(error) }, 'tap not discarded'),
    );

  const tell = ({ row, tap }: Arrival, answer: TapAnswer) =>
    transact(row.tenantId, (tx) => answerLate(tx, row.accountId, tap, answer)).catch((error: unknown) =>
      log.error({ ...describeError(error) }, 'late answer to a tap not sent'),
    );

  /** Null when the tap is stored: from then on it will be decided, here or by the worker. */
  async function keep(arrival: Arrival): Promise<TapAnswer | null> {
    try {
      if (!(await store(arrival))) return DOUBLED;
    } catch (error) {
      log.error({ ...describeError(error) }, 'tap not stored');
      // A connection lost in the middle of a commit does not say whether the row is there.
      if (!(error instanceof TooLateError)) await discard(arrival);
      return AGAIN;
    } finally {
      arrival.patience.committing(false);
    }
    if (arrival.patience.isOver()) {
      await discard(arrival);
      return AGAIN;
    }
    arrival.stored = true;
    return null;
  }

  async function answer(arrival: Arrival): Promise<TapAnswer> {
    const refused = await keep(arrival);
    if (refused) return refused;
    try {
      const { answer, told } = await decide(arrival);
      // The time ran out while the commit was under way.
      if (!told && arrival.patience.isOver()) await tell(arrival, answer);
      return answer;
    } catch (error) {
      // The row still waits, or the worker has it: either way it is decided, and the tapper hears of it.
      log.error({ ...describeError(error) }, 'tap not decided on the spot');
      return LATER;
    }
  }

  return async (tenantId, accountId, tap) => {
    const patience = createPatience<TapAnswer>(() => (arrival.stored ? LATER : AGAIN));
    const row = newTapWork({ id: newId(), tenantId, accountId, at: now() }, tap);
    const arrival: Arrival = { row, tap, patience, stored: false };
    try {
      return await Promise.race([answer(arrival), patience.ended]);
    } finally {
      patience.cancel();
    }
  };
}

class TooLateError extends Error {
  override readonly name = 'TooLateError';
  readonly code = 'too_late';
}
