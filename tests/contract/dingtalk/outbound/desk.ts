/** What leaves for DingTalk, against the emulated platform on loopback, with a bare stand-in for what receives. */
import { createAgents } from '../../../../adapters/dingtalk/agents.ts';
import { createOutbound, type Outbound } from '../../../../adapters/dingtalk/outbound.ts';
import { createSessions, type Sessions } from '../../../../adapters/dingtalk/sessions.ts';
import type { DingtalkSettings } from '../../../../adapters/dingtalk/settings.ts';
import { createWriters, type Writers } from '../../../../adapters/dingtalk/writers.ts';
import {
  BUTTON_TEMPLATE,
  type DingtalkEmulatorOptions,
  type ListeningDingtalkEmulator,
} from '../../../../sandbox/dingtalk/index.ts';
import type { Card } from '../../../../src/channel/card.ts';
import type { Address, Order } from '../../../../src/channel/delivery.ts';
import { ownMeans } from '../../../support/own-means.ts';
import { createRecordingUsage, type RecordingUsage } from '../../../support/recording-usage.ts';
import { recordingLog } from '../../../unit/feishu/doubles.ts';
import {
  CLIENT,
  connect,
  office,
  type Product,
  SECRET,
  startEmulator,
} from '../../../unit/sandbox-dingtalk/support.ts';

export interface Desk {
  readonly emulator: ListeningDingtalkEmulator;
  readonly out: Outbound;
  readonly sessions: Sessions;
  readonly writers: Writers;
  readonly usage: RecordingUsage;
  readonly lines: readonly string[];
  readonly product: Product;
  readonly lina: { readonly userId: string };
  readonly deal: { readonly conversationId: string; botIn: boolean };
  /** Calls that reached the platform, by the end of their path. */
  calls(path: string): number;
}

export async function openDesk(
  options: Partial<DingtalkEmulatorOptions> = {},
  more: Partial<DingtalkSettings> = {},
): Promise<Desk> {
  const emulator = await startEmulator(options);
  const product = await connect(emulator);
  const settings: DingtalkSettings = {
    clientId: CLIENT,
    clientSecret: SECRET,
    robotCode: CLIENT,
    corpId: 'dingcorp0001',
    templateId: BUTTON_TEMPLATE,
    mode: 'stream',
    token: null,
    aesKey: null,
    apiBase: emulator.apiBase,
    oapiBase: emulator.oapiBase,
    jsSdkUrl: `${emulator.oapiBase}/client.js`,
    loginBase: emulator.apiBase,
    linkStyle: 'panel',
    agentId: null,
    callsPerMonth: 5_000,
    pushesPerMonth: 3_000,
    proxy: {},
    ...more,
  };
  const { now } = emulator.clock;
  const usage = createRecordingUsage();
  const log = recordingLog();
  const sessions = createSessions(now, settings.oapiBase);
  const writers = createWriters(now);
  const entries = emulator.journal.entries;
  return {
    emulator,
    product,
    out: createOutbound(
      settings,
      { usage, now, log, publicUrl: null, linkOf: () => null, ...ownMeans(now) },
      { agents: createAgents({}), sessions, writers },
    ),
    sessions,
    writers,
    usage,
    lines: log.lines,
    ...office(emulator),
    calls: (path) => entries.filter((entry) => entry.kind === 'api' && entry.path.endsWith(path)).length,
  };
}

/** Lina says something to the robot, and its session webhook is noted as the intake notes it. */
export async function hearLina({ emulator, product, sessions, lina, deal }: Desk, where: 'direct' | 'group') {
  const said =
    where === 'direct'
      ? emulator.sayToBot(lina.userId, '在吗')
      : emulator.mentionBot(lina.userId, deal.conversationId, '在吗');
  await said.delivery?.done;
  const data = product.frames.at(-1)?.data ?? {};
  sessions.note({
    chatId: String(data.conversationId),
    kind: where,
    staffId: String(data.senderStaffId),
    webhook: String(data.sessionWebhook),
    expiresAt: Number(data.sessionWebhookExpiredTime),
  });
}

export const toLina = ({ lina }: Desk): Address => ({ kind: 'person', id: lina.userId });
export const toDeal = ({ deal }: Desk): Address => ({ kind: 'chat', id: deal.conversationId });

export const textOrder = (to: Address, key = 't', text = '今日 3 单'): Order => ({ kind: 'text.send', key, to, text });
export const cardOrder = (to: Address, key = 'c', card = question()): Order => ({ kind: 'card.send', key, to, card });

export function updateOrder(messageId: string, to: Address, sentAt: number, card = closed()): Order {
  return { kind: 'card.update', key: 'u', messageId, sentAt, updateHandle: null, to, card };
}

export const question = (title = '恒锐：要推进吗？'): Card => ({
  title,
  tone: 'warning',
  summary: title,
  blocks: [
    { type: 'quote', speaker: '王总', text: '能不能报个价' },
    { type: 'fields', fields: [{ label: '当前阶段', value: '需求确认' }] },
    {
      type: 'buttons',
      buttons: [
        { label: '推进到「报价发送」', style: 'primary', actionKey: 'KEY_advance-000000001' },
        { label: '忽略', style: 'default', actionKey: 'KEY_ignore-0000000002' },
      ],
    },
  ],
});

export const closed = (): Card => ({
  title: '恒锐：已处理',
  tone: 'neutral',
  summary: '已处理',
  blocks: [{ type: 'text', style: 'emphasis', text: '李娜 推进到「报价发送」' }],
});
