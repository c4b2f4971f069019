// The flows that `npm run demo -- --check` plays, on every database.

import { it } from 'vitest';
import { flows } from '../../sandbox/flows/index.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

describeDatabase('demo flows', () => {
  const open = useSandbox();
  for (const flow of flows) {
    it(flow.name, async () => {
      await flow.play(await open(flow.sandbox));
    });
  }
});
