/** Every flow named so far, in the order people meet them; each ends with platforms that have nothing to complain about. */
import { approvalFlows } from './approvals.ts';
import { askFlows } from './ask.ts';
import { digestFlows } from './digest.ts';
import { dingtalkFlows } from './dingtalk.ts';
import { doctorFlows } from './doctor.ts';
import { feishuFlows } from './feishu.ts';
import { assertClean, type Flow, settled } from './flow.ts';
import { gateFlows } from './gate.ts';
import { linkFlows } from './links.ts';
import { overdueFlows } from './overdue.ts';
import { pageFlows } from './pages.ts';
import { peopleFlows } from './people.ts';
import { quoteLinkFlows } from './quote-link.ts';
import { taskFlows } from './tasks.ts';
import { wecomFlows } from './wecom.ts';

export const flows: readonly Flow[] = [
  ...feishuFlows,
  ...wecomFlows,
  ...dingtalkFlows,
  ...askFlows,
  ...pageFlows,
  ...linkFlows,
  ...peopleFlows,
  ...approvalFlows,
  ...gateFlows,
  ...quoteLinkFlows,
  ...overdueFlows,
  ...taskFlows,
  ...digestFlows,
  ...doctorFlows,
].map((flow) => ({
  ...flow,
  async play(sandbox) {
    await flow.play(sandbox);
    await settled(sandbox);
    await assertClean(sandbox);
  },
}));
