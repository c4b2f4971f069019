/** A customer in a group with the bot whom nobody has added: whoever opens the page beside the chat finds the form. */
import type { Sandbox } from '../../start.ts';
import type { DeskState } from '../state.ts';
import type { Folk } from './folk.ts';

const COMPANY = '嘉兴华冠电机';

/** The group has the customer's name, as groups with customers mostly have. */
export async function bringStranger({ platform, company }: Sandbox, state: DeskState, folk: Folk): Promise<string> {
  const { lina } = company.staff;
  const person = platform.world.addPerson({ name: '吴经理', company: COMPANY });
  folk.comesFrom(person, COMPANY);
  const chat = platform.world.createGroup({ name: COMPANY, members: [lina, person] });
  await platform.addBotToGroup(chat, lina).first;
  const said = platform.say(person, chat, '您好，展会上看过你们的电机壳，先认识一下');
  state.deliveries.set(said.messageId, said.delivery);
  return chat.chatId;
}
