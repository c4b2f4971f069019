/** Tools of the desk: pushing the clock, bringing a new customer, and making the platform misbehave. */
import type { Sandbox } from '../start.ts';
import { type Desk, done, type Outcome, refuse } from './outcome.ts';
import { newcomer } from './suggestions.ts';
import type { CommandAnswer } from './view.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export async function moveClock(sandbox: Sandbox, move: 'minutes' | 'day' | 'morning'): Promise<CommandAnswer> {
  if (move === 'minutes') sandbox.advance(10 * MINUTE_MS);
  else if (move === 'day') sandbox.advance(DAY_MS);
  else sandbox.advance(await untilMorning(sandbox));
  const words = { minutes: '时间过了 10 分钟', day: '时间过了 1 天', morning: '到了下一个早上 9 点' } as const;
  return { notice: { tone: 'info', text: words[move] } };
}

function untilMorning(sandbox: Sandbox): Promise<number> {
  return sandbox.app.look(async ({ active: { calendar } }) => {
    const now = sandbox.now();
    const today = calendar.atLocalTime(now, '09:00');
    return (today > now ? today : calendar.atLocalTime(now + DAY_MS, '09:00')) - now;
  });
}

/** A stranger and a colleague in a fresh group with the bot; the stranger speaks first. */
export async function bringNewcomer({ sandbox, state }: Desk): Promise<CommandAnswer> {
  const { platform, company } = sandbox;
  const { name, company: from, words } = newcomer(state.newcomers);
  state.newcomers += 1;
  const person = platform.world.addPerson({ name, company: from });
  state.companies.set(person.openId, from);
  const host = company.staff.wangqiang;
  const chat = platform.world.createGroup({ name: `${from} × 海川精密`, members: [host, person] });
  await platform.addBotToGroup(chat, host).first;
  const said = platform.say(person, chat, words);
  state.deliveries.set(said.messageId, said.delivery);
  return {
    notice: { tone: 'info', text: `${from}的${name}在新群里说话了` },
    chatId: chat.chatId,
  };
}

export function setTrick({ sandbox, state }: Desk, trick: 'copies' | 'limit', on: boolean): CommandAnswer {
  if (trick === 'limit') {
    state.limit = on;
    sandbox.platform.misbehave.rateLimitEverything(on);
    const text = on ? '平台开始限流：卡片会晚到，但不会丢' : '限流解除，积压的卡片会陆续送到';
    sandbox.platform.journal.touch();
    return { notice: { tone: 'info', text } };
  }
  state.copies = on;
  sandbox.platform.journal.touch();
  return { notice: { tone: 'info', text: on ? '接下来每句话平台都投递 3 次' : '恢复为每句话投递 1 次' } };
}

/** Pushes words that nobody said, with a signature that is not the platform's. */
export async function forge({ platform, company }: Sandbox): Promise<Outcome> {
  if (platform.options.mode !== 'webhook') return refuse(409, '长连接由平台认证，没有可以伪造的回调。');
  const { chatId } = company.chats.hengrui;
  const at = platform.clock.now();
  const { envelope } = platform.events.messageReceived({
    messageId: `om_${platform.random.hex(32)}`,
    chatId,
    sender: { kind: 'person', openId: company.customers.zhou.openId },
    type: 'text',
    content: JSON.stringify({ text: '首款已经打过去了' }),
    mentions: [],
    parentId: null,
    rootId: null,
    createdAt: at,
    updatedAt: at,
    deleted: false,
    updates: 0,
    onlyFor: null,
    forwarded: [],
  });
  const { accepted, status } = await platform.push('im.message.receive_v1', envelope.event, { forgedSignature: true })
    .first;
  const text = accepted
    ? '糟糕：伪造的回调被收下了'
    : `有人冒充飞书送来一条消息：签名不对，聊单拒收（HTTP ${status ?? '无应答'}），什么都没保存`;
  return done({ notice: { tone: accepted ? 'error' : 'success', text } });
}
