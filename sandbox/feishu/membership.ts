/** Who comes into a group and who goes: our bot, people, and the end of the group; each fires what the platform would push. */
import type { Delivery } from '../platform/deliveries.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import type { Chat, Person } from './world.ts';

export interface Membership {
  addBotToGroup(chat: Chat | string, by: Person | string, flaws?: Flaws): Delivery;
  removeBotFromGroup(chat: Chat | string, by: Person | string): Delivery;
  /** Null where the bot is not in the group and hears nothing. An internal group takes nobody of another company. */
  joinGroup(chat: Chat | string, person: Person | string): Delivery | null;
  leaveGroup(chat: Chat | string, person: Person | string): Delivery | null;
  disbandGroup(chat: Chat | string, by: Person | string): Delivery | null;
}

export function createMembership(core: Core): Membership {
  const { world, events, deliveries, journal } = core;

  function fire(chat: Chat, change: string, by: Person, more?: Record<string, unknown>, flaws?: Flaws): Delivery {
    journal.touch();
    return deliveries.send(events.groupChanged(`im.chat.${change}_v1`, chat, by, more), flaws);
  }

  const asUsers = (person: Person): Record<string, unknown> => ({
    users: [{ name: person.name, tenant_key: person.tenantKey, user_id: events.userIds(person) }],
  });

  return {
    addBotToGroup(ref, by, flaws) {
      const chat = world.chat(ref);
      chat.botIn = true;
      return fire(chat, 'member.bot.added', world.person(by), {}, flaws);
    },
    removeBotFromGroup(ref, by) {
      const chat = world.chat(ref);
      chat.botIn = false;
      return fire(chat, 'member.bot.deleted', world.person(by));
    },
    joinGroup(ref, who) {
      const [chat, person] = [world.chat(ref), world.person(who)];
      if (!chat.external && !person.internal) throw new Error('an internal group takes no outsiders');
      chat.memberIds.add(person.openId);
      return chat.botIn ? fire(chat, 'member.user.added', person, asUsers(person)) : null;
    },
    leaveGroup(ref, who) {
      const [chat, person] = [world.chat(ref), world.person(who)];
      chat.memberIds.delete(person.openId);
      return chat.botIn ? fire(chat, 'member.user.deleted', person, asUsers(person)) : null;
    },
    disbandGroup(ref, by) {
      const chat = world.chat(ref);
      chat.dissolved = true;
      return chat.botIn ? fire(chat, 'disbanded', world.person(by)) : null;
    },
  };
}
