/** A message as the archive's decrypted JSON has it (wecom.md §5.3). */
import type { JsonObject } from '../../platform/json.ts';
import { nameOf, words } from '../utterance.ts';
import type { Message, World } from '../world.ts';

/** Outsiders take part. */
export const isExternal = (world: World, chatId: string): boolean =>
  [...world.chat(chatId).memberIds].some((id) => world.customers.has(id));

const RECORD_TYPES: Readonly<Record<string, string>> = {
  text: 'ChatRecordText',
  image: 'ChatRecordImage',
  file: 'ChatRecordFile',
};

export function archiveMessage(world: World, message: Message) {
  const chat = world.chat(message.chatId);
  const { sender, type, messageId } = message;
  const single = chat.kind === 'private';
  return {
    msgid: `${messageId}${isExternal(world, chat.chatId) ? '_external' : ''}`,
    action: 'send',
    from: sender.id,
    tolist: [...chat.memberIds].filter((id) => id !== sender.id),
    roomid: single ? '' : chat.chatId,
    msgtime: message.createdAt,
    msgtype: type,
    [type]: bodyOf(world, message),
  };
}

function bodyOf(world: World, message: Message): JsonObject {
  const { type, body } = message;
  if (type === 'chatrecord') {
    const item = message.forwarded.map((one) => ({
      type: RECORD_TYPES[one.type] ?? 'ChatRecordText',
      msgtime: Math.floor(one.createdAt / 1000),
      content: JSON.stringify({ content: words(one) }),
      from_chatroom: world.chat(one.chatId).kind !== 'private',
    }));
    return { title: `${nameOf(world, message)}的聊天记录`, item };
  }
  const id = String(body.media_id ?? '');
  const file = { md5sum: '00000000000000000000000000000000', filesize: 1024, sdkfileid: id };
  if (type === 'file') return { ...file, filename: `${id}.pdf`, fileext: 'pdf' };
  return id === '' ? body : file;
}
