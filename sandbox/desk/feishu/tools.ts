/** Tools of Feishu's side of the desk: bringing the bot or a new customer in, and what a stranger or a cable could do. */
import type { Sandbox } from '../../start.ts';
import { createQueue } from '../newcomers.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import type { DeskState } from '../state.ts';
import type { Folk } from './folk.ts';
import { NEWCOMERS } from './suggestions.ts';

export function feishuTools({ platform, company }: Sandbox, state: DeskState, folk: Folk) {
  const next = createQueue(NEWCOMERS);

  async function invite(chatId: string): Promise<Outcome> {
    const chat = platform.world.chat(chatId);
    if (chat.kind !== 'group') return refuse(409, '这不是群。');
    if (chat.botIn) return refuse(409, '聊单已经在这个群里了。');
    const by = [...chat.memberIds].map((member) => platform.world.person(member)).find((person) => person.internal);
    if (!by) return refuse(409, '群里没有我方同事，谁也拉不了聊单。');
    await platform.addBotToGroup(chat, by).done;
    return done({ notice: { tone: 'success', text: `${by.name}把聊单拉进了「${chat.name}」` }, chatId });
  }

  /** A stranger and a colleague in a fresh group with the bot; the stranger speaks first. */
  async function newcomer(): Promise<Outcome> {
    const { name, company: from, words } = next();
    const person = platform.world.addPerson({ name, company: from });
    folk.comesFrom(person, from);
    const host = company.staff.wangqiang;
    const chat = platform.world.createGroup({ name: `${from} × 海川精密`, members: [host, person] });
    await platform.addBotToGroup(chat, host).first;
    const said = platform.say(person, chat, words);
    state.deliveries.set(said.messageId, said.delivery);
    return done({ notice: { tone: 'info', text: `${from}的${name}在新群里说话了` }, chatId: chat.chatId });
  }

  /** Pushes words that nobody said, with a signature that is not the platform's. */
  async function forge(): Promise<Outcome> {
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

  async function disconnect(): Promise<Outcome> {
    if (platform.options.mode !== 'websocket') return refuse(409, '现在用的是 Webhook，没有长连接可断。');
    platform.misbehave.dropConnections();
    return done({ notice: { tone: 'info', text: '长连接已断开，聊单会自己重新连上' } });
  }

  return { invite, newcomer, forge, disconnect };
}
