/** What had been said in DingTalk before the desk was opened, and the chats that stand in the list. The platform pushes nothing of it. */
import { MINUTE_MS } from '../../../src/crm/calendar/spans.ts';
import type { Chat, Person } from '../../dingtalk/world.ts';
import type { Scene } from './scene.ts';

export function furnish({ platform, company, state }: Scene): void {
  const { world, clock } = platform;
  const { staff, dealGroup, freeGroup } = company;
  const now = clock.now();
  const said = ({ conversationId }: Chat, { userId }: Person, minutesAgo: number, content: string): void => {
    const sender = { kind: 'person', userId } as const;
    const createdAt = now - minutesAgo * MINUTE_MS;
    const { messageId } = world.addMessage({ conversationId, sender, type: 'text', body: { content }, createdAt });
    state.scenery.add(messageId);
  };
  for (const person of [staff.lina, staff.wangqiang, staff.chen]) world.p2pChat(person);
  said(dealGroup, staff.wangqiang, 75, '越丰的输送辊图纸看过了，车间说能做');
  said(dealGroup, staff.lina, 71, '好，沈厂长在微信上等报价，我去跟');
  said(freeGroup, staff.wangqiang, 40, '展会名片理好了，回头分一分');
}
