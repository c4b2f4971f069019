/** Answers a tap on one of our cards inside the platform's callback. */
import type { Inbound } from '../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../src/channel/event.ts';
import { drawCard } from './cards.ts';
import { field, type Json, type JsonRecord, recordField, textField } from './json.ts';
import { clip } from './text.ts';
import type { Writers } from './writers.ts';

export interface TapParts {
  readonly inbound: Inbound;
  readonly writers: Writers;
  /** Brings the card up to date later, for the rare answer that must not carry it. */
  readonly patchLater: (messageId: string, card: JsonRecord) => void;
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Where links into the client begin. */
  readonly applink: string;
}

/** A notice is read in passing. */
const maxNotice = 200;
/** An answer is due within 3 s and the core takes up to one for its decision: so long may a running PATCH hold us up. */
const patchPatienceMs = 1_000;

/**
 * The body of the answer, or null for a tap without the fields one needs.
 * https://open.feishu.cn/document/feishu-cards/card-callback-communication
 */
export function createTapAnswerer(parts: TapParts): (envelope: JsonRecord) => Promise<object | null> {
  return async (envelope) => {
    const tap = readTap(envelope);
    if (tap === null) return null;
    const answering = parts.writers.tap(tap.messageId);
    try {
      const answer = await parts.inbound.tap(tap);
      if (answer.card === null) return drawAnswer(answer, null);
      const card = drawCard(answer.card, parts.publicUrl, parts.applink);
      if (await parts.writers.patched(tap.messageId, patchPatienceMs)) return drawAnswer(answer, card);
      // An update of this card is still on its way: a card in the answer would race it.
      parts.patchLater(tap.messageId, card);
      return drawAnswer(answer, null);
    } finally {
      answering.done();
    }
  };
}

function drawAnswer({ notice }: TapAnswer, card: JsonRecord | null): object {
  return {
    ...(notice === null ? {} : { toast: { type: notice.tone, content: clip(notice.text, maxNotice) } }),
    ...(card === null ? {} : { card: { type: 'raw', data: card } }),
  };
}

/** Null when a field is missing without which the tap cannot be decided. */
export function readTap(envelope: JsonRecord): CardTap | null {
  const header = recordField(envelope, 'header');
  const event = recordField(envelope, 'event');
  const operator = event && recordField(event, 'operator');
  const action = event && recordField(event, 'action');
  const context = event && recordField(event, 'context');
  const eventId = header && textField(header, 'event_id');
  const personId = operator && textField(operator, 'open_id');
  const messageId = context && textField(context, 'open_message_id');
  const actionKey = action && readKey(field(action, 'value'));
  if (!header || !operator || !action || !context || !eventId || !personId || !messageId || !actionKey) return null;
  const tenant = textField(operator, 'tenant_key');
  return {
    eventId,
    tapper: { id: personId, tenant, internal: tenant !== null && tenant === textField(header, 'tenant_key') },
    actionKey,
    values: readValues(action),
    messageId,
    chatId: textField(context, 'open_chat_id'),
  };
}

/** `value` is the object we put on the button; some clients and SDKs hand it over as a string. */
function readKey(value: Json | undefined): string | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return textField(value as JsonRecord, 'key', 64);
  if (typeof value !== 'string' || value === '') return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' ? readKey(parsed as Json) : null;
  } catch {
    return value.length <= 64 ? value : null;
  }
}

/** Form fields by name; several choices of one field are joined by commas. */
function readValues(action: JsonRecord): Readonly<Record<string, string>> {
  const form = recordField(action, 'form_value') ?? {};
  const entries = Object.entries(form).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string') return [[name, value]];
    if (Array.isArray(value)) return [[name, value.filter((item) => typeof item === 'string').join(',')]];
    return typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [];
  });
  return Object.fromEntries(entries);
}
