/** Reads a stored payload back as an event of the core; runs in the worker, after the ack. */
import { createHash } from 'node:crypto';
import type { ChannelEvent, ChatRenamedEvent, ContactEvent, MessageEvent } from '../../src/channel/event.ts';
import { appChat, privateChat } from './chats.ts';
import { fromSeconds } from './instant.ts';
import { isRecord, type JsonRecord, textField } from './json.ts';
import { member, outsider } from './people.ts';
import type { Source } from './source.ts';
import { readXml } from './xml.ts';

/**
 * Callbacks are stored as the XML they were, everything else as JSON of the source that pulled it. Null for kinds we
 * take no interest in. Throws on a payload that cannot be understood.
 */
export function createNormalise(
  corpId: string,
  sources: Readonly<Record<string, Pick<Source, 'normalise'> | null>>,
): (payload: string) => ChannelEvent | null {
  return (payload) => {
    if (!payload.startsWith('{')) return readCallback(payload, corpId);
    const stored: unknown = JSON.parse(payload);
    const mark = isRecord(stored) ? textField(stored, 'liaodan') : null;
    const source = mark !== null && Object.hasOwn(sources, mark) ? sources[mark] : undefined;
    if (!isRecord(stored) || !source) throw new Error('wecom payload of a source that is not connected');
    return source.normalise(stored);
  };
}

function readCallback(payload: string, corpId: string): ChannelEvent | null {
  const xml = readXml(payload);
  if (xml.MsgType !== 'event') return readMessage(xml, corpId);
  switch (xml.Event) {
    case 'change_external_contact':
      return readContact(xml, payload, corpId);
    case 'change_external_chat':
      return readRenaming(xml, payload);
    default:
      return null;
  }
}

/** What a colleague sends to the app. https://developer.work.weixin.qq.com/document/path/90239 */
function readMessage(xml: JsonRecord, corpId: string): MessageEvent {
  const userId = required(xml, 'FromUserName');
  return {
    type: 'message',
    messageId: required(xml, 'MsgId'),
    chat: appChat(userId),
    sender: member(userId, corpId),
    senderKind: 'person',
    text: wordsOf(xml),
    addressed: true,
    mentions: [],
    repliesTo: null,
    // The platform gives an app no forwarded records; pasted ones are text.
    record: null,
    sentAt: instant(xml),
  };
}

function wordsOf(xml: JsonRecord): string {
  switch (xml.MsgType) {
    case 'text':
      return textField(xml, 'Content') ?? '';
    case 'link':
      return [textField(xml, 'Title'), textField(xml, 'Description')].filter((part) => part !== null).join('\n');
    default:
      return '';
  }
}

const changes: Readonly<Record<string, ContactEvent['type']>> = {
  add_external_contact: 'contact_added',
  add_half_external_contact: 'contact_added',
  edit_external_contact: 'contact_edited',
  del_external_contact: 'contact_removed',
  del_follow_user: 'contact_removed',
};

/** https://developer.work.weixin.qq.com/document/path/92130 */
function readContact(xml: JsonRecord, payload: string, corpId: string): ContactEvent | null {
  const type = changes[textField(xml, 'ChangeType') ?? ''];
  if (!type) return null;
  const [userId, outsiderId] = [required(xml, 'UserID'), required(xml, 'ExternalUserID')];
  return {
    type,
    eventId: hashOf(payload),
    staff: member(userId, corpId),
    person: outsider(outsiderId),
    chat: privateChat(userId, outsiderId),
    welcomeCode: textField(xml, 'WelcomeCode'),
    at: instant(xml),
  };
}

/** The new name is not in it. https://developer.work.weixin.qq.com/document/path/92130 */
function readRenaming(xml: JsonRecord, payload: string): ChatRenamedEvent | null {
  if (xml.ChangeType !== 'update' || xml.UpdateDetail !== 'change_name') return null;
  return {
    type: 'chat_renamed',
    eventId: hashOf(payload),
    chat: { kind: 'group', id: required(xml, 'ChatId') },
    name: null,
    at: instant(xml),
  };
}

/** Events have no id of their own. */
const hashOf = (payload: string): string => createHash('sha256').update(payload).digest('hex');

function required(xml: JsonRecord, name: string): string {
  const value = textField(xml, name);
  if (value === null) throw new Error(`wecom callback without ${name}`);
  return value;
}

/** `CreateTime` counts seconds. */
function instant(xml: JsonRecord): number {
  const at = fromSeconds(Number(required(xml, 'CreateTime')));
  if (at === null) throw new Error('wecom instant is not a number');
  return at;
}
