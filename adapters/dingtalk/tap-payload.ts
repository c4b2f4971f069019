/** Reads a card callback: who tapped which button of which card (dingtalk.md §4.3). */
import { field, type JsonRecord, parseRecord, recordField, textField } from './json.ts';

export interface TapPayload {
  readonly userId: string;
  readonly outTrackId: string;
  readonly buttonId: string;
  /** Null where the client does not say where the card hangs. */
  readonly chatId: string | null;
}

/** Null when a field is missing without which the tap cannot be decided. */
export function readTap(data: JsonRecord): TapPayload | null {
  const [userId, outTrackId] = [textField(data, 'userId'), textField(data, 'outTrackId')];
  const content = contentOf(data, 'content') ?? contentOf(data, 'value');
  const buttonId = content && buttonOf(content);
  // Type 2 would be a unionId; all our cards are made with userIds.
  if (!userId || !outTrackId || !buttonId || String(field(data, 'userIdType') ?? 1) !== '1') return null;
  return { userId, outTrackId, buttonId, chatId: textField(data, 'spaceId') };
}

/** JSON in a text, once more; some clients send the object as it is. */
function contentOf(data: JsonRecord, name: string): JsonRecord | null {
  const text = textField(data, name);
  return text === null ? recordField(data, name) : parseRecord(text);
}

/** `actionIds` first, then `params.id`: which of the two a template fills differs; old clients put `params` outside. */
function buttonOf(content: JsonRecord): string | null {
  const inside = recordField(content, 'cardPrivateData');
  const ids = inside && field(inside, 'actionIds');
  const [first] = Array.isArray(ids) ? ids : [];
  if (typeof first === 'string' && first !== '') return first;
  const params = (inside && recordField(inside, 'params')) ?? recordField(content, 'params');
  return params && textField(params, 'id');
}
