/** Carries one order to its platform and writes down what came of it. No transaction is open while the platform answers. */
import type { Channel } from '../channel/channel.ts';
import { DeliveryError, type Order } from '../channel/delivery.ts';
import { takeBackGroupCard } from '../crm/alert/take-back.ts';
import { drawCard } from '../crm/card/faces/draw-card.ts';
import { tellInWords, tellUnchanged } from '../crm/card/tell-in-words.ts';
import { tellOutcome } from '../crm/card/tell-outcome.ts';
import { addressedTo, type CardRow } from '../crm/rows/cards.ts';
import { settleDelivery } from '../crm/settle-delivery.ts';
import { drawTodo } from '../crm/task/native-todo.ts';
import { tellWithoutTodo } from '../crm/task/ring-tasks.ts';
import type { OutboxOrder, Tx } from '../crm/tx.ts';
import { describeError, type Log } from '../log.ts';
import { backoffMs } from '../work/backoff.ts';
import type { Pace } from '../work/pace.ts';
import { LeaseLostError, type WorkItem, type WorkQueue } from '../work/queue.ts';
import { LONGEST_REST_MS } from '../work/skew.ts';
import { keepPace } from './keep-pace.ts';
import { drawn, isSpare, readyPicture, type UndrawnPicture } from './ready-picture.ts';

export interface DeliverOptions<Session> {
  readonly outbox: WorkQueue<Session>;
  readonly owner: string;
  readonly now: () => number;
  readonly log: Log;
  /** Whether an error is the database's (away, locked, full) and not the order's. */
  readonly isDatabaseTrouble: (error: unknown) => boolean;
  readonly channelOf: (accountId: string) => Channel | undefined;
  readonly transact: (tenantId: string, work: (tx: Tx, session: Session) => Promise<void>) => Promise<void>;
  readonly look: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly pace: Pace;
  /** Told what came of each attempt. */
  readonly onAttempt?: (platform: string, kind: string, outcome: AttemptOutcome) => void;
}

/** A DeliveryError's outcomes, and: `moot` when nothing was left to do, the database's trouble, a fault of our own. */
export type AttemptOutcome = DeliveryError['outcome'] | 'sent' | 'moot' | 'database' | 'fault';

/** Over about 17 minutes: platforms and networks come back. */
const MOST_ATTEMPTS = 10;
/** A fault of our own does not go away by waiting, and the person's other cards wait behind it. */
const MOST_ATTEMPTS_AT_A_FAULT = 4;
const THROTTLE_MS = 1_000;

export function createDeliver<Session>(options: DeliverOptions<Session>): (item: WorkItem) => Promise<void> {
  const { outbox, owner, now, log } = options;

  const attempted = ({ accountId }: WorkItem, order: OutboxOrder | null, outcome: AttemptOutcome) =>
    options.onAttempt?.(options.channelOf(accountId)?.platform ?? 'none', order?.kind ?? 'unknown', outcome);

  const settle = (item: WorkItem, settled: (tx: Tx) => Promise<void>) =>
    options.transact(item.tenantId, async (tx, session) => {
      await settled(tx);
      await outbox.complete(session, item, owner, now());
    });

  /** It stays among the dead for an administrator to see; whoever is asked for a decision reads it all the same. */
  const inWords = ({ tenantId }: WorkItem, order: OutboxOrder | null, reason: string) =>
    options.transact(tenantId, async (tx) => {
      if (order?.kind === 'card.send') await tellInWords(tx, order.cardId, reason);
      if (order?.kind === 'card.send') await takeBackGroupCard(tx, order.cardId);
      if (order?.kind === 'card.update') await tellUnchanged(tx, order.cardId, reason);
    });

  /** `begun`: the platform was called, and may have carried the order out. */
  async function failed(item: WorkItem, order: OutboxOrder | null, begun: boolean, error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) return;
    const known = error instanceof DeliveryError;
    const trouble = !known && options.isDatabaseTrouble(error);
    attempted(item, order, known ? error.outcome : trouble ? 'database' : 'fault');
    const reason = known
      ? `${error.code}: ${error.message}`
      : (describeError(error).code ?? describeError(error).error);
    if (known && error.outcome === 'throttled') {
      await outbox.release(item, owner, {
        availableAt: now() + Math.min(error.retryAfterMs ?? THROTTLE_MS, LONGEST_REST_MS),
        countAttempt: false,
        error: item.lastError ?? reason,
      });
      return;
    }
    if (trouble) {
      log.warn({ outbox: item.id, reason }, 'order put off');
      await outbox.release(item, owner, {
        availableAt: now() + backoffMs(1, Math.random),
        // What may be out already is not taken for something that never left.
        countAttempt: begun,
        error: item.lastError ?? reason,
      });
      return;
    }
    log.warn(
      { outbox: item.id, kind: order?.kind ?? null, attempts: item.attempts + 1, reason: known ? error.code : reason },
      'order not delivered',
    );
    const final =
      (known && error.outcome === 'permanent') ||
      item.attempts + 1 >= (known ? MOST_ATTEMPTS : MOST_ATTEMPTS_AT_A_FAULT);
    // A name that cannot be learned, or a greeting that came too late, is no reason to trouble anybody.
    if (final && (order?.kind.endsWith('.lookup') || order?.kind === 'welcome.send' || isSpare(order)))
      await settle(item, async () => {});
    else if (final && order?.kind === 'todo.put') await settle(item, (tx) => tellWithoutTodo(tx, order.taskId));
    else if (final && known && error.code === 'update_window_closed' && order?.kind === 'card.update') {
      await settle(item, (tx) => tellOutcome(tx, order.cardId));
    } else if (final) {
      // The words first: what is cut off in between is tried again, and said once all the same.
      await inWords(item, order, known ? error.message : '系统内部出错');
      await outbox.bury(item, owner, reason, now());
    } else
      await outbox.release(item, owner, {
        availableAt: now() + backoffMs(item.attempts, Math.random),
        countAttempt: true,
        error: reason,
      });
  }

  return async (item) => {
    let order: OutboxOrder | null = null;
    let begun = false;
    try {
      order = JSON.parse(item.payload) as OutboxOrder;
      const wanted = order;
      const ready = await options.look(item.tenantId, (tx) => prepare(tx, item, wanted));
      if (!ready) {
        await settle(item, async () => {});
        return attempted(item, order, 'moot');
      }
      const channel = options.channelOf(item.accountId);
      if (!channel) throw new DeliveryError('retryable', 'not_connected', '平台没有接入');
      await keepPace(options, item, channel, ready.kind, 'to' in ready ? ready.to : null);
      const drawnUp = await drawn(ready);
      begun = true;
      const receipt = await channel.deliver(drawnUp);
      attempted(item, order, 'sent');
      await settle(item, (tx) => settleDelivery(tx, item.accountId, wanted, receipt));
    } catch (error) {
      await failed(item, order, begun, error).catch((cause: unknown) =>
        log.error({ outbox: item.id, ...describeError(cause) }, 'order could not be given back'),
      );
    }
  };
}

/** The order as the platform gets it, drawn from the state of this moment; null when there is nothing left to do. */
async function prepare(tx: Tx, item: WorkItem, order: OutboxOrder): Promise<Order | UndrawnPicture | null> {
  switch (order.kind) {
    case 'text.send':
      return { ...order, key: item.id };
    case 'daily.send':
      return readyPicture(tx, item.id, order);
    case 'person.lookup':
      return { kind: 'person.lookup', key: item.id, chatId: order.chatExternalId, personId: order.personId };
    case 'chat.lookup':
      return { kind: 'chat.lookup', key: item.id, chatId: order.chatExternalId };
    case 'contact.lookup':
      return { kind: 'contact.lookup', key: item.id, staffId: order.staffExternalId, personId: order.personId };
    case 'todo.put':
      return drawTodo(tx, item.id, order.taskId);
    case 'welcome.send':
      return { kind: 'welcome.send', key: item.id, welcomeCode: order.welcomeCode, text: order.text };
    case 'session.assign':
      return { kind: 'session.assign', key: item.id, chatId: order.chatExternalId, staffIds: order.staffExternalIds };
    case 'card.send': {
      const card = await tx.card.get(order.cardId);
      if (!card || card.messageId !== null) return null;
      // Answered or moot before it left: sending it would only make noise. But where an earlier try may have brought it
      // out, it is sent again: the key makes the platform tell which message it became, and that is what updates need.
      if (card.status === 'closed' && item.attempts === 0 && !item.takenOver) return null;
      if (!(await isInside(tx, card)))
        throw new DeliveryError('permanent', 'outsiders', '群里有公司以外的人，不发到那里。');
      return {
        kind: 'card.send',
        key: item.id,
        to: addressedTo(card),
        card: await drawCard(tx, card),
        ...(item.lastError && { failedWith: item.lastError.split(':')[0] ?? '' }),
      };
    }
    case 'card.update': {
      const card = await tx.card.get(order.cardId);
      if (!card || card.messageId === null || card.sentAt === null) return null;
      if (!(await isInside(tx, card))) return null;
      return {
        kind: 'card.update',
        updateHandle: card.updateHandle,
        to: addressedTo(card),
        key: item.id,
        messageId: card.messageId,
        sentAt: card.sentAt,
        card: await drawCard(tx, card),
      };
    }
  }
}

/** A card with the company's own figures goes into no group that an outsider has come into meanwhile, or that is a customer's by now. */
async function isInside(tx: Tx, { accountId, addressId, data }: CardRow): Promise<boolean> {
  if (data.group === undefined) return true;
  const chat = await tx.chat.find({ accountId, externalId: addressId });
  return chat !== null && !chat.external && chat.customerId === null;
}
