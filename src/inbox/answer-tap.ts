/** Decides a tap while the platform waits: within the budget the answer carries the outcome, beyond it a neutral word. */
import type { CardTap, TapAnswer } from '../channel/event.ts';
import { answerLate, tellTapper } from '../crm/card/answer-late.ts';
import { decideTap } from '../crm/card/decide-tap.ts';
import type { Tx } from '../crm/tx.ts';
import { describeError, type Log } from '../log.ts';
import type { WorkQueue } from '../work/queue.ts';

export interface AnswerTapOptions<Session> {
  readonly inbox: WorkQueue<Session>;
  readonly newId: () => string;
  readonly now: () => number;
  readonly log: Log;
  readonly transact: <T>(tenantId: string, work: (tx: Tx, session: Session) => Promise<T>) => Promise<T>;
}

/** Feishu waits 3 s, DingTalk 2 s, WeCom 5 s; the rest of the time is the network's. */
const BUDGET_MS = 1_000;

const LATER: TapAnswer = { notice: { tone: 'info', text: '已收到，正在处理…' }, card: null };
const AGAIN: TapAnswer = { notice: { tone: 'error', text: '没有处理成功，请再点一次。' }, card: null };
const DOUBLED: TapAnswer = { notice: { tone: 'info', text: '已收到' }, card: null };

export function createAnswerTap<Session>(
  options: AnswerTapOptions<Session>,
): (tenantId: string, accountId: string, tap: CardTap) => Promise<TapAnswer> {
  const { inbox, newId, now, log, transact } = options;

  /** The tap's row is written and closed in the transaction that decides it: a doubled delivery finds it there. */
  const decide = (tenantId: string, accountId: string, tap: CardTap, isLate: () => boolean) =>
    transact(tenantId, async (tx, session) => {
      const at = now();
      const row = { id: newId(), tenantId, accountId, dedupeKey: `tap:${tap.eventId}`, orderKey: `tap:${tap.eventId}` };
      const added = await inbox.add(session, [{ ...row, payload: '', queuedAt: at, availableAt: at }]);
      if (added === 0) return { answer: DOUBLED, delivered: true };
      await inbox.settleNew(session, row, at);
      const answer = await decideTap(tx, accountId, tap);
      const delivered = isLate();
      if (delivered) await answerLate(tx, accountId, tap, answer);
      return { answer, delivered };
    });

  return async (tenantId, accountId, tap) => {
    let timer: NodeJS.Timeout | undefined;
    let late = false;
    const budget = new Promise<TapAnswer>((resolve) => {
      timer = setTimeout(() => {
        late = true;
        resolve(LATER);
      }, BUDGET_MS);
    });
    const afterwards = (tell: typeof answerLate, answer: TapAnswer) =>
      transact(tenantId, (tx) => tell(tx, accountId, tap, answer)).catch((error: unknown) =>
        log.error({ ...describeError(error) }, 'late answer to a tap not sent'),
      );
    const decided = decide(tenantId, accountId, tap, () => late).then(
      async ({ answer, delivered }) => {
        // The time ran out while the commit was under way.
        if (late && !delivered) await afterwards(answerLate, answer);
        return answer;
      },
      async (error: unknown) => {
        log.error({ ...describeError(error) }, 'tap not decided');
        if (late) await afterwards(tellTapper, AGAIN);
        return AGAIN;
      },
    );
    try {
      return await Promise.race([decided, budget]);
    } finally {
      clearTimeout(timer);
    }
  };
}
