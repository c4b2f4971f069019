/** A message as the server API shows it. */
import type { Core } from './core.ts';
import type { Message } from './world.ts';

/** `upper` is the merged forward that contains the message, when it is read as a part of one. */
export function messageView(core: Core, message: Message, upper: Message | null = null): Record<string, unknown> {
  const { options, world } = core;
  const fromBot = message.sender.kind === 'bot';
  const tenant_key = fromBot ? options.tenantKey : world.people.get(message.sender.openId)?.tenantKey;
  return {
    message_id: message.messageId,
    ...(message.rootId && { root_id: message.rootId }),
    ...(message.parentId && { parent_id: message.parentId }),
    ...(upper && { upper_message_id: upper.messageId }),
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.deleted,
    updated: message.updates > 0,
    chat_id: message.chatId,
    sender: fromBot
      ? { id: options.appId, id_type: 'app_id', sender_type: 'app', tenant_key }
      : { id: message.sender.openId, id_type: 'open_id', sender_type: 'user', tenant_key },
    body: { content: message.deleted ? 'This message was recalled' : message.content },
    ...(message.mentions.length > 0 && { mentions: message.mentions.map((mention) => mentionView(core, mention)) }),
  };
}

function mentionView(core: Core, mention: Message['mentions'][number]): Record<string, unknown> {
  const tenant_key = core.world.people.get(mention.openId)?.tenantKey ?? core.options.tenantKey;
  return { key: mention.key, id: mention.openId, id_type: 'open_id', name: mention.name, tenant_key };
}
