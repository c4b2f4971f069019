/** Who we are on the platform: our bot's open_id and our company's key, asked for at the start until known. */
import { z } from 'zod';
import type { ChannelLog, ChannelState, Inbound } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import { explainFailure, missingScopes } from './errors.ts';

export interface Identity {
  /** Resolves when everything is known or the first attempt has failed; keeps trying by itself. Never rejects. */
  start(): Promise<void>;
  stop(): void;
  /** Our bot's open_id; null while unknown. */
  ownId(): string | null;
  /** What keeps us from being whole, null when nothing does. */
  problem(): { readonly status: ChannelState['status']; readonly detail: string } | null;
}

const botReply = z.object({ bot: z.object({ open_id: z.string().min(1) }) });
const wrongCredentials = [10003, 10014, 10015];
const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;

const asking = '正在连接飞书。';
const foreign = '这个飞书应用属于另一家企业，与已绑定的企业不符：请核对 FEISHU_APP_ID。';
const purposes = {
  bot: '读不到机器人信息，群里 @ 机器人的消息暂时认不出来：',
  tenant: '读不到企业信息（需要权限 tenant:tenant:readonly）：',
};

export function createIdentity(client: FeishuClient, inbound: Inbound, log: ChannelLog): Identity {
  let botId: string | null = null;
  let tenantKnown = false;
  let problem: ReturnType<Identity['problem']> = { status: 'connecting', detail: asking };
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function askBot(): Promise<void> {
    const reply = await client.asApp((lark, auth) =>
      lark.request<unknown>({ method: 'GET', url: '/open-apis/bot/v3/info' }, auth),
    );
    botId = botReply.parse(reply).bot.open_id;
  }

  async function askTenant(): Promise<boolean> {
    const reply = await client.asApp((lark, auth) => lark.tenant.v2.tenant.query({}, auth));
    const key = reply.data?.tenant?.tenant_key;
    if (!key) throw new Error('feishu tenant reply without key');
    tenantKnown = true;
    return inbound.isOurTenant(key);
  }

  /** One round of questions; what is known already is not asked again. */
  async function learn(): Promise<void> {
    const problems: NonNullable<typeof problem>[] = [];
    try {
      if (botId === null) await askBot();
    } catch (error) {
      problems.push(describe(purposes.bot, error));
    }
    try {
      if (!tenantKnown && problems[0]?.status !== 'failed' && !(await askTenant())) {
        problems.push({ status: 'failed', detail: foreign });
      }
    } catch (error) {
      problems.push(describe(purposes.tenant, error));
    }
    problem = problems.find(({ status }) => status === 'failed') ?? problems[0] ?? null;
    if (problem !== null) log.warn({ status: problem.status }, 'feishu identity incomplete');
  }

  async function round(waitMs: number): Promise<void> {
    await learn();
    if (problem === null || stopped || problem.detail === foreign) return;
    timer = setTimeout(() => void round(Math.min(waitMs * 2, longestWaitMs)), waitMs).unref();
  }

  return {
    start: () => round(firstWaitMs),
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
    ownId: () => botId,
    problem: () => problem,
  };
}

function describe(purpose: string, error: unknown): { status: ChannelState['status']; detail: string } {
  if (!(error instanceof ApiFailure)) return { status: 'degraded', detail: `${purpose}飞书的应答看不懂，稍后再试。` };
  const says = explainFailure(error);
  if (wrongCredentials.includes(error.code ?? 0)) return { status: 'failed', detail: says };
  const scopes = missingScopes(error);
  return { status: 'degraded', detail: `${purpose}${says}${scopes.length > 0 ? `（${scopes.join('、')}）` : ''}` };
}
