/** Organisation events: the few that matter to us, in one shape whichever transport brought them. */
import type { InboundEvent } from '../../src/channel/channel.ts';
import { shortId } from './ids.ts';
import { field, type Json, type JsonRecord } from './json.ts';

export interface OrganisationEvent {
  readonly type: string;
  readonly eventId: string;
  /** The company it happened in, as the transport says. */
  readonly corpId: string | null;
  readonly at: number;
  /** camelCase over the stream, beginning with a capital over HTTP (dingtalk.md §1.3). */
  readonly data: JsonRecord;
}

export type StoredEvent =
  | {
      readonly liaodan: 'staff_left';
      readonly eventId: string;
      readonly userId: string;
      readonly corpId: string;
      readonly at: number;
    }
  | {
      readonly liaodan: 'chat_renamed';
      readonly eventId: string;
      readonly chatId: string;
      readonly name: string | null;
      readonly at: number;
    };

/** One row per person who left, one per renamed group; none for anything else. */
export function worthStoring(event: OrganisationEvent): readonly InboundEvent[] {
  const { eventId, at } = event;
  const key = shortId(eventId);
  if (event.type === 'user_leave_org') {
    return textsOf(either(event.data, 'userId')).map((userId) => {
      const stored: StoredEvent = { liaodan: 'staff_left', eventId, userId, corpId: event.corpId ?? '', at };
      return { eventKey: `evt:${shortId(`${key}:${userId}`)}`, orderKey: null, payload: JSON.stringify(stored) };
    });
  }
  if (event.type === 'chat_update_title') {
    const [chatId] = textsOf(either(event.data, 'openConversationId'));
    if (chatId === undefined) return [];
    const [name = null] = textsOf(either(event.data, 'title'));
    const stored: StoredEvent = { liaodan: 'chat_renamed', eventId, chatId, name, at };
    return [{ eventKey: `evt:${key}`, orderKey: shortId(chatId), payload: JSON.stringify(stored) }];
  }
  return [];
}

/** A field by its stream name or its HTTP name. */
export function either(data: JsonRecord, name: string): Json | undefined {
  return field(data, name) ?? field(data, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}

function textsOf(value: Json | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string' && item !== '');
}
