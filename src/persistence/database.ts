/** Opens the store: connections, migrations, unit of work, queues and the company's rows, as one thing to be closed. */
import type { ActivePolicy, Tx } from '../crm/tx.ts';
import { digest, newActionKey, newSpokenCode } from '../ids.ts';
import type { Pace } from '../work/pace.ts';
import type { WorkQueue } from '../work/queue.ts';
import type { RetentionRule } from '../work/retention.ts';
import type { TokenStore } from '../work/shared-tokens.ts';
import type { PageSessions, TransactionWatch } from '../work/store.ts';
import { type CompanyStore, createCompanyStore } from './company-store.ts';
import { closeConnections, type DatabaseKind, openConnections } from './data-source.ts';
import { createDatabaseClock } from './database-clock.ts';
import { migrate } from './migrate.ts';
import { refuseHalfCopy } from './moving/unfinished.ts';
import { createNameBooks } from './name-books.ts';
import { createPace } from './pace.ts';
import { createPageSessions } from './page-sessions.ts';
import { createProbe, type Obstacle } from './probe.ts';
import { createRetention } from './retention.ts';
import { schemas } from './schemas.ts';
import type { Session } from './session.ts';
import { createTokenStore } from './shared-tokens.ts';
import { knowsSkipLocked } from './skip-locked.ts';
import { createSqlWorkQueue } from './sql-work-queue.ts';
import { createTx, type TxDependencies } from './tx.ts';
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.ts';

export interface Database {
  readonly kind: DatabaseKind;
  readonly serverVersion: string;
  readonly unitOfWork: UnitOfWork;
  readonly inbox: WorkQueue<Session>;
  readonly outbox: WorkQueue<Session>;
  readonly company: CompanyStore;
  readonly pageSessions: PageSessions;
  readonly pace: Pace;
  readonly retention: readonly RetentionRule[];
  readonly tokens: TokenStore;
  /** The transaction of a use case on an open session. */
  tx(
    session: Session,
    context: { tenantId: string; active: ActivePolicy; onEnqueue: () => void } & Pick<
      Tx,
      'cardsOf' | 'runsShort' | 'guideOf'
    > &
      Pick<TxDependencies, 'onDecide'>,
  ): Tx;
  /** Resolves with null when a row could be written just now, and with what is in the way when none could. */
  probe(): Promise<Obstacle | null>;
  /** How far this machine's clock is ahead of the database's, ms; 0 within 5 s. */
  clockAhead(): number;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** Told how transactions fare. */
  readonly watch?: TransactionWatch;
  /** Told when this machine's clock and the database's begin to differ by more than 5 s. */
  readonly onClockOff?: (aheadMs: number) => void;
}

/** Longer than a statement may wait for a lock (see mysql-pool.ts); no statement of ours works in silence for so long. */
const LONGEST_WAIT_MS = 30_000;

export async function openDatabase({ url, now, newId, watch, onClockOff }: DatabaseOptions): Promise<Database> {
  const connections = await openConnections(url, Object.values(schemas));
  const close = () => closeConnections(connections);
  let skipLocked: boolean;
  try {
    await refuseHalfCopy(connections);
    await migrate(connections);
    skipLocked = await knowsSkipLocked(connections);
  } catch (error) {
    await close();
    throw error;
  }
  connections.limitWaiting(LONGEST_WAIT_MS);
  const unitOfWork = createUnitOfWork(connections, watch);
  const clock = createDatabaseClock(connections.kind, unitOfWork, (aheadMs) => onClockOff?.(aheadMs));
  await clock.start();
  const clockAgrees = () => clock.ahead() === 0;
  const inbox = createSqlWorkQueue({ table: 'inbox_event', unitOfWork, skipLocked, clockAgrees });
  const outbox = createSqlWorkQueue({ table: 'outbox_order', unitOfWork, skipLocked, clockAgrees });
  const nameBooks = createNameBooks(now);
  return {
    kind: connections.kind,
    serverVersion: connections.serverVersion,
    unitOfWork,
    inbox,
    outbox,
    company: createCompanyStore({ unitOfWork, newId, now, clockAgrees }),
    pageSessions: createPageSessions(unitOfWork),
    pace: createPace(unitOfWork),
    retention: createRetention(unitOfWork),
    tokens: createTokenStore(unitOfWork),
    tx: (session, context) =>
      createTx(session, {
        ...context,
        ...{ now: now(), outbox, nameBooks, newId, newActionKey, newSpokenCode, digest },
      }),
    probe: createProbe(unitOfWork, now),
    clockAhead: clock.ahead,
    close() {
      clock.stop();
      return close();
    },
  };
}
