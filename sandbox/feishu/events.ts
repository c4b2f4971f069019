/** Envelopes as the platform writes them (schema 2.0): message received, bot added or removed, card tapped. */
import type { Random } from '../platform/random.ts';
import type { ResolvedOptions } from './options.ts';
import type { Chat, Message, Person, World } from './world.ts';

export interface OutgoingEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** Callbacks are answered on the spot and never sent again. */
  readonly callback: boolean;
  readonly envelope: Envelope;
}

export interface Envelope {
  readonly schema: '2.0';
  readonly header: {
    readonly event_id: string;
    readonly event_type: string;
    /** ms for events, µs for callbacks, as a string. */
    readonly create_time: string;
    readonly token: string;
    readonly app_id: string;
    readonly tenant_key: string;
  };
  readonly event: Readonly<Record<string, unknown>>;
}

export interface EventWriter {
  write(eventType: string, event: Record<string, unknown>, kind?: 'event' | 'callback'): OutgoingEvent;
  messageReceived(message: Message): OutgoingEvent;
  /** The shape that all `im.chat.…` events share. */
  groupChanged(eventType: string, chat: Chat, by: Person, more?: Record<string, unknown>): OutgoingEvent;
  userIds(person: Person): { union_id: string; user_id: string; open_id: string };
}

export function createEventWriter(setup: {
  options: ResolvedOptions;
  random: Random;
  now: () => number;
  world: World;
}): EventWriter {
  const { options, random, now, world } = setup;

  const userIds = (person: Person): { union_id: string; user_id: string; open_id: string } => ({
    union_id: person.unionId,
    user_id: options.showUserIds && person.internal ? person.userId : '',
    open_id: person.openId,
  });

  function write(
    eventType: string,
    event: Record<string, unknown>,
    kind: 'event' | 'callback' = 'event',
  ): OutgoingEvent {
    const eventId = random.hex(32);
    const header = {
      event_id: eventId,
      event_type: eventType,
      create_time: kind === 'callback' ? `${now()}000` : String(now()),
      token: options.verificationToken,
      app_id: options.appId,
      tenant_key: options.tenantKey,
    };
    return { eventId, eventType, callback: kind === 'callback', envelope: { schema: '2.0', header, event } };
  }

  function mentionsOf(message: Message): object[] {
    return message.mentions.map((mention) => {
      const person = world.people.get(mention.openId);
      const id = person ? userIds(person) : { union_id: '', user_id: '', open_id: mention.openId };
      const tenant_key = person?.tenantKey ?? options.tenantKey;
      return { key: mention.key, id, mentioned_type: mention.bot ? 'bot' : 'user', name: mention.name, tenant_key };
    });
  }

  return {
    write,
    userIds,
    messageReceived(message) {
      const chat = world.chat(message.chatId);
      const sender = world.person(message.sender.openId);
      return write('im.message.receive_v1', {
        sender: { sender_id: userIds(sender), sender_type: 'user', tenant_key: sender.tenantKey },
        message: {
          message_id: message.messageId,
          ...(message.rootId && { root_id: message.rootId }),
          ...(message.parentId && { parent_id: message.parentId }),
          create_time: String(message.createdAt),
          update_time: String(message.updatedAt),
          chat_id: message.chatId,
          chat_type: chat.kind,
          message_type: message.type,
          content: message.content,
          ...(message.mentions.length > 0 && { mentions: mentionsOf(message) }),
        },
      });
    },
    groupChanged(eventType, chat, by, more = {}) {
      return write(eventType, {
        chat_id: chat.chatId,
        operator_id: userIds(by),
        external: chat.external,
        operator_tenant_key: by.tenantKey,
        name: chat.name,
        i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
        ...more,
      });
    },
  };
}
