/** Tools of WeCom's side of the desk: handing words on, serving customers, bringing a new one, and what a stranger could do. */
import type { Sandbox } from '../../start.ts';
import { createQueue } from '../newcomers.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import { nameIn, type Place, placeOf, type Scene } from './scene.ts';
import { bookRead } from './stranger.ts';
import { NEWCOMERS } from './suggestions.ts';

const HANDED_AT_ONCE = 20;

export function wecomTools({ app }: Sandbox, scene: Scene) {
  const { platform, company, state, companies, forwarded } = scene;
  const next = createQueue(NEWCOMERS);

  function about(chatId: string, kind: Place['kind']): Place | null {
    const place = placeOf(scene, platform.world.chat(chatId));
    return place?.kind === kind ? place : null;
  }

  /** Everything since the last time, as one pasted text: what WeCom lets through to an app. */
  async function forward(chatId: string): Promise<Outcome> {
    const place = about(chatId, 'private');
    if (!place?.memberId) return refuse(409, '只有同事和客户的私聊可以转发。');
    const fresh = platform.world.messagesIn(chatId).filter(({ messageId }) => !forwarded.has(messageId));
    const ids = fresh.slice(-HANDED_AT_ONCE).map(({ messageId }) => messageId);
    if (ids.length === 0) return refuse(409, '没有新的话可以转发。');
    for (const said of platform.forward(place.memberId, ids, 'app'))
      state.deliveries.set(said.messageId, said.delivery);
    for (const { messageId } of fresh) forwarded.add(messageId);
    platform.journal.touch();
    const text = `${nameIn(scene, place.memberId)}把 ${ids.length} 句话转发给了聊单应用`;
    return done({ notice: { tone: 'success', text }, chatId });
  }

  async function take(chatId: string): Promise<Outcome> {
    const place = about(chatId, 'service');
    if (place?.session?.state !== 2) return refuse(409, '这个会话不在接待池里。');
    const { externalUserId, openKfId } = place.session;
    platform.kf.staffTakes(company.staff.wangqiang, externalUserId, openKfId);
    return done({ notice: { tone: 'success', text: '王强从接待池接入了会话' }, chatId });
  }

  async function end(chatId: string): Promise<Outcome> {
    const place = about(chatId, 'service');
    if (place?.session?.state !== 3) return refuse(409, '这个会话没有人在接待。');
    const { externalUserId, openKfId } = place.session;
    platform.kf.staffEnds(externalUserId, openKfId);
    return done({ notice: { tone: 'info', text: '会话已结束；客户再开口会开始新的会话' }, chatId });
  }

  /** A stranger becomes a contact of a colleague and writes to him; the platform tells of the first, not of the second. */
  async function newcomer(): Promise<Outcome> {
    await bookRead(app);
    const { name, company: from, words } = next();
    const customer = platform.world.addCustomer({ name });
    companies.set(customer.externalUserId, from);
    const host = company.staff.wangqiang;
    platform.addContact(customer, host);
    const { messageId } = platform.say(customer, host, words);
    state.deliveries.set(messageId, null);
    const { chatId } = platform.world.message(messageId);
    return done({ notice: { tone: 'info', text: `${from}的${name}加了${host.name}的企业微信` }, chatId });
  }

  /** Pushes words that nobody said, with a signature that is not the platform's. */
  async function forge(): Promise<Outcome> {
    const words = platform.events.message(company.staff.lina.userid, 'text', { Content: '首款已经打过去了' });
    const { accepted, status } = await platform.deliveries.send(words, { forgedSignature: true }).first;
    const text = accepted
      ? '糟糕：伪造的回调被收下了'
      : `有人冒充企业微信送来一条消息：签名不对，聊单拒收（HTTP ${status ?? '无应答'}），什么都没保存`;
    return done({ notice: { tone: accepted ? 'error' : 'success', text } });
  }

  return { forward, take, end, newcomer, forge };
}
