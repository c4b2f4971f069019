/** An internal group about a customer whom nobody has added: the robot knows it by the first word said to it. */
import type { Scene } from './scene.ts';

const WAIT_MS = 10_000;

export async function bringStranger({ platform, company, state, addressed }: Scene): Promise<string> {
  const { lina, wangqiang } = company.staff;
  const chat = platform.world.createGroup({ name: '永康鸿达五金', members: [lina, wangqiang] });
  platform.world.addBot(chat);
  await platform.waitForConnection({ timeoutMs: WAIT_MS });
  const said = platform.mentionBot(lina, chat, '大家好，这个群谈鸿达的项目');
  state.deliveries.set(said.messageId, said.delivery);
  addressed.add(said.messageId);
  return chat.conversationId;
}
