/** Tools of DingTalk's side of the desk: a broken line, a stranger's push, and a month's allowance that is nearly gone. */
import { MINUTE_MS } from '../../../src/crm/calendar/spans.ts';
import { monthOf } from '../../../src/usage.ts';
import type { Sandbox } from '../../start.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import type { Scene } from './scene.ts';

const NEARLY_ALL = 0.9;
const READ_MS = 5_000;

export function dingtalkTools({ app, url, now, advance }: Sandbox, { platform, company }: Scene) {
  /** Without a word before, as a cable does. */
  async function disconnect(): Promise<Outcome> {
    if (platform.gateway.ready() === 0) return refuse(409, '现在没有连接可断。');
    platform.gateway.dropAll();
    return done({ notice: { tone: 'info', text: 'Stream 长连接已断开，聊单会自己重新连上' } });
  }

  /** Pushes words that nobody said to the callback address, with a signature that is not the platform's. */
  async function forge(): Promise<Outcome> {
    const words = platform.events.robotMessage(`msg${platform.random.hex(24)}`, {
      conversationId: company.dealGroup.conversationId,
      conversationType: '2',
      senderStaffId: company.staff.lina.userId,
      msgtype: 'text',
      text: { content: ' 首款已经打过去了' },
    });
    const stranger = { ...words, transport: 'webhook' } as const;
    const { accepted, status } = await platform.deliveries.send(stranger, { forgedSignature: true }).first;
    const why = platform.options.mode === 'stream' ? 'Stream 方式不开回调地址' : '签名不对，聊单拒收';
    const text = accepted
      ? '糟糕：伪造的回调被收下了'
      : `有人冒充钉钉往回调地址送来一条消息：${why}（HTTP ${status ?? '无应答'}），什么都没保存`;
    return done({ notice: { tone: accepted ? 'error' : 'success', text } });
  }

  /** Other apps of the company have used the month's calls; the CRM, which counts its own, is told the same number. */
  async function exhaust(): Promise<Outcome> {
    const { quota, options } = platform;
    const limits = { openApi: options.openApiPerMonth, stream: options.streamPerMonth } as const;
    for (const meter of ['openApi', 'stream'] as const)
      quota.spend(meter, Math.max(0, Math.ceil(limits[meter] * NEARLY_ALL) - quota.used(meter)));
    await spendInCrm();
    platform.journal.touch();
    return done({ notice: { tone: 'warning', text: '本月额度用掉了 90%：聊单会提醒主管，并开始省着用' } });
  }

  async function spendInCrm(): Promise<void> {
    const account = app.accounts.find((one) => one.platform === 'dingtalk');
    if (!account) return;
    const usage = await usageInCrm();
    const counts = usage.map(({ kind, used, callsPerMonth }) => ({
      account,
      kind,
      calls: Math.max(0, Math.ceil(callsPerMonth * NEARLY_ALL) - used),
    }));
    await app.database.company.countUsage(monthOf(now()), counts);
    // Calls that others have counted are read once a minute.
    advance(MINUTE_MS);
    const until = Date.now() + READ_MS;
    while (!(await usageInCrm()).every(nearlyGone) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async function usageInCrm(): Promise<readonly Used[]> {
    const health = (await (await fetch(`${url}/health`)).json()) as Health;
    return health.channels.find((channel) => channel.platform === 'dingtalk')?.usage ?? [];
  }

  return { disconnect, forge, exhaust };
}

const nearlyGone = ({ used, callsPerMonth }: Used): boolean => used >= callsPerMonth * NEARLY_ALL;

interface Used {
  readonly kind: string;
  readonly used: number;
  readonly callsPerMonth: number;
}

interface Health {
  readonly channels: readonly { readonly platform: string; readonly usage?: readonly Used[] }[];
}
