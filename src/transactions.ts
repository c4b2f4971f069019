/** Opens transactions for the edges: a company's policy, its rows and its outbox on one session; and read-only looks. */
import type { CardAbilities } from './channel/channel.ts';
import type { SignalDecisionRow } from './crm/rows/words.ts';
import type { ActivePolicy, Tx } from './crm/tx.ts';
import type { Policies } from './policies.ts';
import type { UnitOfWork } from './work/store.ts';

export interface Transactions<Session> {
  /** One transaction; afterwards `onEnqueued` is told if it wrote an effect. */
  transact<T>(tenantId: string, work: (tx: Tx, session: Session) => Promise<T>): Promise<T>;
  /** A look at committed rows; writing through it fails. */
  look<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What a committed transaction made of a signal. */
export type Verdict = Pick<SignalDecisionRow, 'ruleKey' | 'verdict' | 'outcome'>;

export interface TransactionsOptions<Session> {
  readonly database: {
    readonly unitOfWork: UnitOfWork<Session>;
    tx(
      session: Session,
      context: { tenantId: string; active: ActivePolicy; onEnqueue: () => void } & Pick<
        Tx,
        'cardsOf' | 'runsShort' | 'guideOf'
      > & { onDecide?: (verdict: Verdict) => void },
    ): Tx;
  };
  readonly policies: Policies<Session>;
  readonly cardsOf: (accountId: string) => CardAbilities | undefined;
  readonly runsShort: Tx['runsShort'];
  readonly guideOf: Tx['guideOf'];
  readonly onEnqueued: () => void;
  readonly onDecided?: (verdict: Verdict) => void;
}

/** An account that is not connected now: plan for the stricter kind of platform. */
const STRICTEST: CardAbilities = { updates: 'once', updatableForMs: 0 };

export function createTransactions<Session>({
  database,
  policies,
  cardsOf,
  runsShort,
  guideOf,
  onEnqueued,
  onDecided,
}: TransactionsOptions<Session>): Transactions<Session> {
  const { unitOfWork } = database;
  const open = async (
    session: Session,
    tenantId: string,
    onEnqueue: () => void,
    onDecide: (verdict: Verdict) => void = () => {},
  ): Promise<Tx> =>
    database.tx(session, {
      tenantId,
      active: await policies.active(session, tenantId),
      cardsOf: (accountId) => cardsOf(accountId) ?? STRICTEST,
      runsShort,
      guideOf,
      ...{ onEnqueue, onDecide },
    });
  return {
    async transact(tenantId, work) {
      let enqueued = false;
      let verdicts: Verdict[] = [];
      const result = await unitOfWork.run(async (session) => {
        // What a transaction that met another decided is decided anew.
        verdicts = [];
        const onEnqueue = () => {
          enqueued = true;
        };
        return work(await open(session, tenantId, onEnqueue, (verdict) => verdicts.push(verdict)), session);
      });
      if (enqueued) onEnqueued();
      for (const verdict of verdicts) onDecided?.(verdict);
      return result;
    },
    look: (tenantId, work) => unitOfWork.read(async (session) => work(await open(session, tenantId, () => {}))),
  };
}
