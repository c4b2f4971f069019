// The flows that `npm run demo -- --check` plays, on every database; and what they leave in the log says nothing of anybody.

import { expect, it } from 'vitest';
import { flows } from '../../sandbox/flows/index.ts';
import { watchLog } from '../support/log-watch.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

describeDatabase('demo flows', () => {
  const open = useSandbox();
  for (const flow of flows) {
    it(flow.name, async () => {
      const log = watchLog();
      const sandbox = await open({ ...flow.sandbox, logLevel: 'debug', logTo: log.logTo });
      await flow.play(sandbox);
      expect(await log.leaks(sandbox)).toEqual([]);
    });
  }
});
