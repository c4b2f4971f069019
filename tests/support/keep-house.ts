/** The nightly clean-up, at another hour. */
import type { App } from '../../src/app.ts';
import type { Log } from '../../src/log.ts';
import { housekeepingJob } from '../../src/scheduler/housekeeping.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** As if it ran at `at`, ms. */
export function keepHouse(app: App, at: number, given: { log?: Log; ending?: AbortSignal } = {}): Promise<void> {
  const { database, look } = app;
  const tenantId = '0'.repeat(26);
  const deps = { ...database, tenantId, look: <T>(_: string, work: Parameters<typeof look<T>>[0]) => look(work) };
  return housekeepingJob({ ...deps, now: () => at, log: given.log ?? silent }).run(given.ending);
}
