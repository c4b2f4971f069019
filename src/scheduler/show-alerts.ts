/** Every minute and after each sweep: whoever has alerts whose hour has come gets one card with all of them. */
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

/**
 * One transaction per recipient: a tap of theirs waits for no other. Two instances at the same moment show each alert
 * once. Returns how many people and groups were told.
 */
export async function showAlerts({ tenantId, transact }: ShowAlertsDependencies): Promise<number> {
  let told = 0;
  const failures: unknown[] = [];
  for (;;) {
    const due = await transact(tenantId, (tx) => dueRecipients(tx, AT_ONCE));
    for (const recipient of due) {
      try {
        if (await transact(tenantId, (tx) => showAlertsTo(tx, recipient))) told += 1;
      } catch (error) {
        // What is wrong with one must not keep the others from hearing.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    if (due.length < AT_ONCE) return told;
  }
}
