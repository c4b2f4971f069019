// The flows that `npm run demo -- --check` plays, on every database.

import { it } from 'vitest';
import { feishuFlows } from '../../sandbox/flows/feishu.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

describeDatabase('demo flows', () => {
  const open = useSandbox();
  for (const flow of feishuFlows) {
    it(flow.name, async () => {
      await flow.play(await open(flow.sandbox));
    });
  }
});
