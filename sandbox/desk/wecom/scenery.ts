/** What had been said in WeCom before the desk was opened, and the chats that stand in the list. The platform pushes nothing of it. */
import { MINUTE_MS } from '../../../src/crm/calendar/spans.ts';
import type { Chat } from '../../wecom/world.ts';
import type { Scene } from './scene.ts';

export function furnish({ platform, company, state }: Scene): void {
  const { world, options, clock } = platform;
  const { staff, customers, service, dealGroup } = company;
  const now = clock.now();
  const said = (chat: Chat, id: string, minutesAgo: number, content: string): void => {
    const sender = { kind: 'person', id } as const;
    const createdAt = now - minutesAgo * MINUTE_MS;
    const { messageId } = world.addMessage({ chatId: chat.chatId, sender, type: 'text', body: { content }, createdAt });
    state.scenery.add(messageId);
  };
  const { lina, wangqiang } = staff;
  const [lin, he] = [customers.lin.externalUserId, customers.he.externalUserId];
  const serviceChat = (id: string) => world.chatBetween('kf', [id, service.openKfId], service.name);

  const session = serviceChat(lin);
  said(session, lin, 1500, '你好，上次那批阀体用着挺好');
  said(session, lina.userid, 1496, '那就好，有新的需要随时找我们');
  serviceChat(he);
  for (const { userid } of Object.values(staff)) world.chatBetween('app', [userid], options.appName);
  world.chatBetween('bot', [lina.userid], options.bot?.name);
  said(dealGroup, wangqiang.userid, 52, '泰利的图纸我看过了，材质没问题');
  said(dealGroup, lina.userid, 48, '好，客户那边我来跟');
  const chat = world.chatBetween('private', [lin, lina.userid], lina.name);
  said(chat, lin, 33, '图纸看过了吗');
  said(chat, lina.userid, 30, '看过了，没问题');
}
