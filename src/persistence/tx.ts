/** Makes the transaction a use case receives: repositories and outbox of one company on one open session. */
import type { SignalDecisionRow } from '../crm/rows/words.ts';
import type { ActivePolicy, OutboxEntry, Tx } from '../crm/tx.ts';
import type { NewWork, WorkQueue } from '../work/queue.ts';
import type { NameBooks } from './name-books.ts';
import { keepingMarks } from './repositories/customer-marks.ts';
import { createQueries } from './repositories/queries.ts';
import { createReadable } from './repositories/readable.ts';
import { createTables } from './repositories/tables.ts';
import type { Session } from './session.ts';

export interface TxDependencies {
  readonly tenantId: string;
  readonly now: number;
  readonly active: ActivePolicy;
  readonly cardsOf: Tx['cardsOf'];
  readonly runsShort: Tx['runsShort'];
  readonly guideOf: Tx['guideOf'];
  readonly outbox: WorkQueue<Session>;
  readonly nameBooks: NameBooks;
  readonly newId: () => string;
  readonly newActionKey: () => string;
  readonly newSpokenCode: () => string;
  readonly digest: (secret: string) => string;
  /** Told when something was enqueued, so that the outbox worker can be woken after the commit. */
  readonly onEnqueue: () => void;
  /** Told of each verdict on somebody's words; the transaction may still fail. */
  readonly onDecide?: (decision: Pick<SignalDecisionRow, 'ruleKey' | 'verdict' | 'outcome'>) => void;
}

export function createTx(session: Session, deps: TxDependencies): Tx {
  const { tenantId } = deps;
  const tables = keepingMarks(session, tenantId, createTables(session, tenantId));
  return {
    ...tables,
    signalDecision: {
      ...tables.signalDecision,
      insert(row) {
        deps.onDecide?.(row);
        return tables.signalDecision.insert(row);
      },
    },
    tenantId,
    now: deps.now,
    active: deps.active,
    cardsOf: deps.cardsOf,
    runsShort: deps.runsShort,
    guideOf: deps.guideOf,
    answering: { cardId: null },
    newId: deps.newId,
    newActionKey: deps.newActionKey,
    newSpokenCode: deps.newSpokenCode,
    digest: deps.digest,
    queries: createQueries(session, tables, tenantId, deps.nameBooks),
    readable: (scope) => createReadable(session, tables, tenantId, scope),
    async enqueue(entry: OutboxEntry) {
      const item = newWork(entry, deps);
      if (entry.order.kind === 'card.update') await enqueueUpdate(session, deps.outbox, item);
      else await deps.outbox.add(session, [item]);
      deps.onEnqueue();
    },
  };
}

/**
 * An update draws the card when it leaves. One that is still waiting will show this change too; one that is leaving or
 * has left under the same key may have been drawn before this transaction commits, so another follows it.
 */
async function enqueueUpdate(session: Session, outbox: WorkQueue<Session>, item: NewWork): Promise<void> {
  if (await outbox.holdWaiting(session, item)) return;
  if ((await outbox.add(session, [item])) === 1) return;
  await outbox.add(session, [{ ...item, dedupeKey: `${item.dedupeKey}:${item.id}` }]);
}

function newWork(entry: OutboxEntry, deps: TxDependencies): NewWork {
  return {
    id: deps.newId(),
    tenantId: deps.tenantId,
    accountId: entry.accountId,
    dedupeKey: entry.dedupeKey,
    orderKey: entry.orderKey,
    payload: JSON.stringify(entry.order),
    queuedAt: deps.now,
    availableAt: entry.notBefore ?? deps.now,
  };
}
