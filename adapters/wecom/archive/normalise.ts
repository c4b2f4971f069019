/** Reads a stored message of the archive back as an event of the core; runs in the worker. */
import { z } from 'zod';
import type { ChatRef, MessageEvent, RecallEvent } from '../../../src/channel/event.ts';
import { privateChat } from '../chats.ts';
import { isRecord, type Json, type JsonRecord } from '../json.ts';
import { ownWords } from './own-words.ts';
import { type Conversation, isOutsider, isRobot } from './people.ts';
import { mixedText, readRecord } from './record.ts';
import { messageHead } from './wire.ts';

const stored = z.object({
  conversation: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('room'), roomId: z.string().min(1) }),
    z.object({ kind: z.literal('pair'), userId: z.string().min(1), outsiderId: z.string().min(1) }),
  ]),
  message: messageHead,
});

/** Throws on a payload that cannot be understood. */
export function normaliseArchive(payload: JsonRecord, corpId: string): MessageEvent | RecallEvent {
  const { conversation, message } = stored.parse(payload);
  const raw = message as unknown as JsonRecord;
  if (message.action === 'recall') {
    const recalled = part(raw, 'revoke').pre_msgid;
    if (typeof recalled !== 'string' || recalled === '') throw new Error('wecom archive recall of nothing');
    return { type: 'recalled', eventId: message.msgid, messageId: recalled, at: message.msgtime };
  }
  const ours = !isOutsider(message.from) && !isRobot(message.from);
  return {
    type: 'message',
    messageId: message.msgid,
    chat: chatOf(conversation),
    sender: { id: message.from, tenant: ours ? corpId : null, internal: ours },
    senderKind: isRobot(message.from) ? 'bot' : 'person',
    text: textOf(message.msgtype, raw),
    // Nobody of ours is spoken to: the archive only listens.
    addressed: false,
    mentions: [],
    repliesTo: null,
    record: message.msgtype === 'chatrecord' ? readRecord(part(raw, 'chatrecord')) : null,
    sentAt: message.msgtime,
  };
}

const chatOf = (conversation: Conversation): ChatRef =>
  conversation.kind === 'room'
    ? { kind: 'group', id: conversation.roomId }
    : privateChat(conversation.userId, conversation.outsiderId);

/** Empty for pictures, files and the like. */
function textOf(type: string, message: JsonRecord): string {
  switch (type) {
    case 'text':
      return ownWords(content(part(message, 'text')));
    case 'markdown':
      return content(part(message, 'info')).trim();
    case 'mixed':
      return ownWords(mixedText(part(message, 'mixed')));
    default:
      return '';
  }
}

function part(message: JsonRecord, name: string): JsonRecord {
  const value: Json | undefined = message[name];
  return isRecord(value) ? value : {};
}

const content = (body: JsonRecord): string => (typeof body.content === 'string' ? body.content : '');
