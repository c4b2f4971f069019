/** Hand-over and page signatures with the real client, against the emulated platform on loopback. */
import { createAgents } from '../../../../adapters/dingtalk/agents.ts';
import { createClient } from '../../../../adapters/dingtalk/client.ts';
import { createHandOver } from '../../../../adapters/dingtalk/hand-over.ts';
import { createPages } from '../../../../adapters/dingtalk/jsapi.ts';
import { readDingtalkSettings } from '../../../../adapters/dingtalk/settings.ts';
import { createSignIn } from '../../../../adapters/dingtalk/sign-in.ts';
import { ownMeans } from '../../../support/own-means.ts';
import { createRecordingUsage } from '../../../support/recording-usage.ts';
import { recordingInbound, recordingLog } from '../../../unit/feishu/doubles.ts';
import { CLIENT, office, startEmulator } from '../../../unit/sandbox-dingtalk/support.ts';

export const corpId = 'dingcorp0001';
const clientSecret = 'SECRET-of-the-app';

export async function openDesk() {
  const emulator = await startEmulator({ clientSecret });
  const read = readDingtalkSettings({
    DINGTALK_CLIENT_ID: CLIENT,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_CORP_ID: corpId,
    DINGTALK_AGENT_ID: '3012345678',
    DINGTALK_API_BASE: emulator.apiBase,
    DINGTALK_OAPI_BASE: emulator.oapiBase,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the desk are wrong');
  const { now } = emulator.clock;
  const [usage, log] = [createRecordingUsage(), recordingLog()];
  const means = { now, ...ownMeans(now) };
  const inbound = { ...recordingInbound(), isOurTenant: async (key: string) => key === corpId };
  const client = createClient(read.settings, createAgents({}), { usage, log, ...means });
  const signIn = createSignIn(client, corpId, inbound);
  return {
    emulator,
    inbound,
    usage,
    lines: log.lines,
    ...office(emulator),
    handOver: createHandOver({ signIn, inbound, now }),
    pages: createPages(client, read.settings, means),
  };
}
