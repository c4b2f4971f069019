/** What people had said before the desk was opened: chats that look lived in. The platform pushes nothing of it. */
import { MINUTE_MS } from '../../../src/crm/calendar/spans.ts';
import type { Person } from '../../feishu/index.ts';
import type { Sandbox } from '../../start.ts';
import type { DeskState } from '../state.ts';

export function paintScenery({ platform, company }: Sandbox, state: DeskState): void {
  const { staff, customers, chats } = company;
  const now = platform.clock.now();
  const said = (chat: { chatId: string }, person: Person, minutesAgo: number, text: string): void => {
    const message = platform.world.addMessage({
      chatId: chat.chatId,
      sender: { kind: 'person', openId: person.openId },
      type: 'text',
      content: JSON.stringify({ text }),
      createdAt: now - minutesAgo * MINUTE_MS,
    });
    state.scenery.add(message.messageId);
  };
  said(chats.hengrui, staff.lina, 42, '周工您好，轴承座的图纸我们看完了，尺寸没有疑问');
  said(chats.hengrui, customers.zhou, 38, '好的，我们内部再对一下数量');
  said(chats.mingyuan, customers.han, 65, '王工上次来现场辛苦了');
  said(chats.mingyuan, staff.wangqiang, 60, '应该的，有问题随时找我们');
  said(chats.newcomer, customers.sun, 15, '你们主要做哪些材料？');
  said(chats.newcomer, staff.wangqiang, 12, '铝、钢和工程塑料都做，我把同事也叫进来');
  said(chats.team, staff.chen, 90, '这周重点跟一下恒锐和明远');
}
