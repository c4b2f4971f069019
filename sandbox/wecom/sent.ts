/** What the app sent: the copies in people's chats, one of each send per person, and the cards among them. */
import type { JsonObject } from '../platform/json.ts';
import type { Core } from './core.ts';
import type { Chat, Member, Message, PersonRef } from './world.ts';

/** The private chat of a member with the app. */
export const appChat = ({ world, options }: Core, ref: PersonRef): Chat => {
  const member = world.member(ref);
  return world.chatBetween('app', [member.userid], options.appName);
};

export const botChat = ({ world, options }: Core, ref: PersonRef): Chat => {
  const member = world.member(ref);
  return world.chatBetween('bot', [member.userid], options.bot?.name ?? '智能机器人');
};

/** The copies of one send, by the member who got each. */
export function copiesOf({ world }: Core, sendId: string): Map<string, Message> {
  const copies = [...world.messages.values()].filter((message) => message.sendId === sendId);
  return new Map(copies.map((message) => [[...world.chat(message.chatId).memberIds][0] ?? '', message]));
}

/** Gives a card a new face. */
export function changeCard(core: Core, message: Message, card: JsonObject): void {
  message.body = card;
  message.updates += 1;
  message.updatedAt = core.clock.now();
  core.journal.touch();
}

/** Members the app may write to. */
export const reachable = (member: Member | undefined): member is Member =>
  member?.visible === true && member.activated && !member.departed;

/** A card that can call back, so that its send brings a response_code. */
export const isInteractive = (card: JsonObject): boolean =>
  card.action_menu !== undefined || !String(card.card_type).endsWith('_notice');
