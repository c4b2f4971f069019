/** Works off one stored event or late tap: read it, run the use case, and mark it done in the same transaction. */
import type { Channel } from '../channel/channel.ts';
import type { CardTap, ChannelEvent } from '../channel/event.ts';
import { answerLate, tellTapper } from '../crm/card/answer-late.ts';
import { decideTap } from '../crm/card/decide-tap.ts';
import { handleEvent } from '../crm/handle-event.ts';
import type { Tx } from '../crm/tx.ts';
import { describeError, type Log } from '../log.ts';
import { backoffMs } from '../work/backoff.ts';
import { LeaseLostError, type WorkItem, type WorkQueue } from '../work/queue.ts';
import { storedTap } from './stored-tap.ts';
import { AGAIN } from './tap-notices.ts';

export interface HandleItemOptions<Session> {
  readonly inbox: WorkQueue<Session>;
  readonly owner: string;
  readonly now: () => number;
  readonly log: Log;
  /** Whether an error is the database's (away, locked, full) and not the event's. */
  readonly isDatabaseTrouble: (error: unknown) => boolean;
  readonly channelOf: (accountId: string) => Channel | undefined;
  readonly transact: (tenantId: string, work: (tx: Tx, session: Session) => Promise<void>) => Promise<void>;
  /** Told how long an event lay here until what it led to was committed, seconds. */
  readonly onHandled?: (seconds: number) => void;
}

/** An event that fails this often is set aside: it is visible, and what comes behind it in its chat goes on. */
const MOST_ATTEMPTS = 4;
const NOT_CONNECTED_MS = 30_000;

export function createHandleItem<Session>(options: HandleItemOptions<Session>): (item: WorkItem) => Promise<void> {
  const { inbox, owner, now, log } = options;

  async function giveUp(item: WorkItem, reason: string): Promise<void> {
    const tap = storedTap(item.payload);
    if (!tap) return inbox.bury(item, owner, reason, now());
    // Somebody waits to hear of it; and what they are asked to repeat must not be revived later.
    await options.transact(item.tenantId, async (tx, session) => {
      await tellTapper(tx, item.accountId, tap, AGAIN);
      await inbox.complete(session, item, owner, now());
    });
  }

  async function failed(item: WorkItem, error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) return;
    const { error: name, code } = describeError(error);
    const reason = code ?? name;
    const trouble = options.isDatabaseTrouble(error);
    log.warn({ inbox: item.id, attempts: item.attempts + 1, reason }, 'event not handled');
    if (!trouble && item.attempts + 1 >= MOST_ATTEMPTS) await giveUp(item, reason);
    else {
      // A database that is away is not the event's fault; a fault of the event itself is tried again quickly.
      const wait = trouble ? backoffMs(1, Math.random) : backoffMs(item.attempts, Math.random) / 4;
      await inbox.release(item, owner, { availableAt: now() + wait, countAttempt: !trouble, error: reason });
    }
  }

  return async (item) => {
    try {
      const channel = options.channelOf(item.accountId);
      if (!channel) {
        // Its variables are missing here: another instance may have them, or they come back with the next start.
        const change = { availableAt: now() + NOT_CONNECTED_MS, countAttempt: false, error: 'not_connected' };
        await inbox.release(item, owner, change);
        return;
      }
      let tap: CardTap | null;
      let event: ChannelEvent | null;
      try {
        tap = storedTap(item.payload);
        event = tap ? null : channel.normalise(item.payload);
      } catch (error) {
        // What cannot be read now will not be readable later.
        await inbox.bury(item, owner, `unreadable: ${describeError(error).error}`, now());
        log.warn({ inbox: item.id, reason: 'unreadable' }, 'event set aside');
        return;
      }
      await options.transact(item.tenantId, async (tx, session) => {
        if (event) await handleEvent(tx, item.accountId, event);
        if (tap) await answerLate(tx, item.accountId, tap, await decideTap(tx, item.accountId, tap));
        await inbox.complete(session, item, owner, now());
      });
      options.onHandled?.(Math.max(0, now() - item.queuedAt) / 1_000);
    } catch (error) {
      await failed(item, error).catch((cause: unknown) =>
        log.error({ inbox: item.id, ...describeError(cause) }, 'event could not be given back'),
      );
    }
  };
}
