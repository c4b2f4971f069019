/** What the stories about deals that stand still have in common: time passes, and the jobs of the minute run. */
import assert from 'node:assert/strict';
import { mayTellGroupAt } from '../../src/crm/notice/quiet-time.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { showAlerts } from '../../src/scheduler/show-alerts.ts';
import { fillAllClocks, sweepClocks } from '../../src/scheduler/stage-sweep.ts';
import type { Sandbox } from '../start.ts';
import { settled } from './flow.ts';

export const MINUTE_MS = 60_000;

type Instance = Pick<Sandbox['app'], 'accounts' | 'transact'>;

const depsOf = ({ accounts, transact }: Instance) => ({
  tenantId: accounts[0]?.tenantId ?? '',
  transact: <T>(_: string, work: (tx: Tx) => Promise<T>) => transact(work),
});

/** What the job of every minute does, now. */
export async function tick(app: Instance): Promise<{ alerts: number; told: number }> {
  const { alerts } = await sweepClocks(depsOf(app));
  return { alerts, told: await showAlerts(depsOf(app)) };
}

/** On to so much of a deal's limit, or to the hour at which people may be told; nothing is done yet. */
export async function passLimit(sandbox: Sandbox, dealId: string, percent = 100): Promise<void> {
  // The seeded deals' clocks are made behind the start.
  await fillAllClocks(depsOf(sandbox.app));
  // What is just leaving must not meet the platform days later.
  await settled(sandbox);
  const due = await sandbox.app.look(async (tx) => {
    const clock = await tx.stageClock.get(dealId);
    const first = clock?.nextAt;
    assert.ok(clock && first, 'the clock of this deal does not run');
    const { working } = tx.active;
    const at = working.after(clock.fromAt, (working.between(clock.fromAt, first) * percent) / 100);
    return mayTellGroupAt(tx.active, at + MINUTE_MS);
  });
  sandbox.advance(Math.max(0, due - sandbox.now()));
}

/** Colleagues read on this platform alone. */
export const readOnlyOn = ({ app }: Sandbox, platform: string) =>
  app.transact(async (tx) => {
    for (const { id, platform: other } of app.accounts)
      if (other !== platform) await tx.staffIdentity.remove({ accountId: id });
  });

/** Only the clocks of these deals run. */
export async function onlyRuns({ app }: Sandbox, ...deals: readonly string[]): Promise<void> {
  await fillAllClocks(depsOf(app));
  await app.transact(async (tx) => {
    for (const { id } of await tx.stageClock.list({}))
      if (!deals.includes(id)) await tx.stageClock.update({ id }, { nextAt: null });
  });
}

export const alertsOf = ({ app }: Sandbox, dealId: string) => app.look((tx) => tx.alert.list({ clockId: dealId }));
