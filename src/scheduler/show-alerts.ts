/** Every minute and after each sweep: whoever has alerts whose hour has come gets one card with all of them. */
import type { Recipient } from '../crm/alert/alert-queries.ts';
import { dueRecipients, showAlertsTo } from '../crm/alert/show-to.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';

export interface ShowAlertsDependencies {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export function showAlertsJob(deps: ShowAlertsDependencies): Job {
  return { name: 'show-alerts', at: '* * * * *', alsoAtStart: true, run: () => showAlerts(deps).then(() => {}) };
}

/** Of one round; the next follows at once. */
const AT_ONCE = 500;
/** In one transaction, some 20 ms: writing each to disk by itself takes longer than all the rest. */
const TOGETHER = 10;

/**
 * Two instances at the same moment show each alert once. Returns how many people and groups were told; what is wrong with
 * one of them keeps nobody else from hearing, and is thrown at the end.
 */
export async function showAlerts({ tenantId, transact }: ShowAlertsDependencies): Promise<number> {
  const failures: unknown[] = [];
  let told = 0;

  async function show(some: readonly Recipient[]): Promise<void> {
    try {
      told += await transact(tenantId, (tx) => showAll(tx, some));
    } catch (error) {
      if (some.length === 1) failures.push(error);
      else for (const one of some) await show([one]);
    }
  }

  for (;;) {
    const due = await transact(tenantId, (tx) => dueRecipients(tx, AT_ONCE));
    for (let at = 0; at < due.length; at += TOGETHER) await show(due.slice(at, at + TOGETHER));
    if (failures.length > 0) throw failures[0];
    if (due.length < AT_ONCE) return told;
  }
}

/** In the order of their ids: two who take the same rows wait for each other and do not meet head-on. */
async function showAll(tx: Tx, some: readonly Recipient[]): Promise<number> {
  let told = 0;
  for (const to of some.toSorted((a, b) => (a.toId < b.toId ? -1 : 1))) if (await showAlertsTo(tx, to)) told += 1;
  return told;
}
