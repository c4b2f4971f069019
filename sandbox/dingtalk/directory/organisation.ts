/** Who comes and goes in company and groups, told to the product where the platform tells it. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import type { Chat, NewPerson, Person } from '../world.ts';

export interface Organisation {
  /** A new colleague: `user_add_org`. */
  hire(person: Omit<NewPerson, 'company'>, flaws?: Flaws): { readonly person: Person; readonly delivery: Delivery };
  /** A colleague leaves: `user_leave_org`. */
  leaveCompany(person: Person | string, flaws?: Flaws): Delivery;
  /** Null where our robot is not in the group, or the allowance for events is used up. */
  joinGroup(chat: Chat | string, person: Person | string): Delivery | null;
  leaveGroup(chat: Chat | string, person: Person | string): Delivery | null;
  disbandGroup(chat: Chat | string, by: Person | string): Delivery | null;
  /** Pushes any organisation event, fields in camelCase; null when it is metered and the allowance is used up. */
  push(eventType: string, data: JsonObject, flaws?: Flaws): Delivery | null;
}

/** Events that cost nothing (dingtalk.md §5.2). */
const EXEMPT = /^(user_(add|modify|leave|active)_org|org_dept_\w+|org_change|org_admin_\w+|label_\w+)$/;

export function createOrganisation(core: Core): Organisation {
  const { world, events, deliveries, quota, journal } = core;

  const tell = (eventType: string, data: JsonObject, flaws?: Flaws): Delivery =>
    deliveries.send(events.organisation(eventType, data), flaws);

  function push(eventType: string, data: JsonObject, flaws?: Flaws): Delivery | null {
    return EXEMPT.test(eventType) || quota.take('stream', `event ${eventType}`) ? tell(eventType, data, flaws) : null;
  }

  function inGroup(chat: Chat, eventType: string, who: Person): Delivery | null {
    journal.touch();
    const data = { openConversationId: chat.conversationId, title: chat.name, userId: [who.userId] };
    return chat.botIn ? push(eventType, data) : null;
  }

  return {
    push,
    hire(given, flaws) {
      const person = world.addPerson(given);
      return { person, delivery: tell('user_add_org', { userId: [person.userId] }, flaws) };
    },
    leaveCompany(ref, flaws) {
      const person = world.person(ref);
      person.departed = true;
      for (const { memberIds } of world.chats.values()) memberIds.delete(person.userId);
      return tell('user_leave_org', { userId: [person.userId] }, flaws);
    },
    joinGroup(ref, who) {
      const [chat, person] = [world.chat(ref), world.person(who)];
      if (!chat.external && !person.internal) throw new Error('an internal group takes no outsiders');
      chat.memberIds.add(person.userId);
      return inGroup(chat, 'chat_add_member', person);
    },
    leaveGroup(ref, who) {
      const [chat, person] = [world.chat(ref), world.person(who)];
      chat.memberIds.delete(person.userId);
      return inGroup(chat, 'chat_quit', person);
    },
    disbandGroup(ref, by) {
      const chat = world.chat(ref);
      chat.dissolved = true;
      return inGroup(chat, 'chat_disband', world.person(by));
    },
  };
}
