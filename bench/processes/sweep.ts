/** One instance that sweeps, in a process of its own: how long it takes and how much memory. */
import { createIdGenerator } from '../../src/ids.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { activate, starterDocument } from '../../src/policies.ts';
import { showAlerts } from '../../src/scheduler/show-alerts.ts';
import { reckonClocks, sweepClocks } from '../../src/scheduler/stage-sweep.ts';
import { serve } from '../child.ts';
import { DUE_AT, NOTHING_DUE_AT, TENANT } from '../sweep/company.ts';

export interface SweepQuestion {
  readonly url: string;
}

export interface SweepAnswer {
  /** A whole turn with nothing due, ms each. */
  readonly idleMs: readonly number[];
  /** Until every alert was written, and until every card with them was enqueued. */
  readonly sweepMs: number;
  readonly showMs: number;
  readonly fired: number;
  readonly alerts: number;
  readonly cards: number;
  /** The most that the process ever had in memory, MiB. */
  readonly peakMib: number;
}

const IDLE_TURNS = 30;

serve<SweepQuestion>(
  async ({ url }) => {
    let now = NOTHING_DUE_AT;
    const newId = createIdGenerator(() => now);
    const database = await openDatabase({ url, now: () => now, newId });
    const active = activate(1, starterDocument());
    const deps = {
      tenantId: TENANT,
      transact: <T>(tenantId: string, work: (tx: ReturnType<typeof database.tx>) => Promise<T>): Promise<T> =>
        database.unitOfWork.run((session) =>
          work(
            database.tx(session, {
              ...{ tenantId, active, runsShort: () => false, guideOf: () => null, onEnqueue: () => {} },
              cardsOf: () => ({ updates: 'free', updatableForMs: 86_400_000 }),
            }),
          ),
        ),
    };
    const took = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
      const begun = performance.now();
      const result = await work();
      return [performance.now() - begun, result];
    };
    const idleMs: number[] = [];
    for (let turn = 0; turn < IDLE_TURNS; turn += 1) {
      const [ms] = await took(async () => [await sweepClocks(deps), await showAlerts(deps), await reckonClocks(deps)]);
      idleMs.push(ms);
    }
    now = DUE_AT;
    const [sweepMs, { fired, alerts }] = await took(() => sweepClocks(deps));
    const [showMs, cards] = await took(() => showAlerts(deps));
    const peakMib = process.resourceUsage().maxRSS / 1_024;
    await database.close();
    return { idleMs, sweepMs, showMs, fired, alerts, cards, peakMib } satisfies SweepAnswer;
  },
  async () => {},
);
