/** Takes one verified envelope, whichever way it came: store it, answer it, or refuse it. */
import type { Inbound } from '../../src/channel/channel.ts';
import { type JsonRecord, recordField, textField } from './json.ts';

export type IntakeResult =
  /** Everything that must be durable is; `answer` is what a card tap is answered with, null for events. */
  | { readonly ok: true; readonly answer: object | null }
  | { readonly ok: false; readonly status: 403 | 422; readonly reason: 'wrong_app' | 'wrong_tenant' | 'bad_envelope' };

/** `text` is the envelope as it was received where there is such a text; it saves writing the JSON again. */
export type Intake = (envelope: JsonRecord, text?: string) => Promise<IntakeResult>;

export interface IntakeParts {
  readonly appId: string;
  /** Removed from what is stored; null when the transport carries none we know. */
  readonly verificationToken: string | null;
  readonly inbound: Inbound;
  /** Answers a `card.action.trigger`; null when the tap is not one we can read. */
  readonly answerTap: (envelope: JsonRecord) => Promise<object | null>;
  /** Adds the lines of a forwarded record to the payload of its message. */
  readonly readRecord: (messageId: string, payload: string, ownTenant: string) => Promise<string>;
}

/**
 * Rejects when the event could not be stored, so that no ack goes out. Only plain field checks happen here:
 * the full reading is the worker's, after the ack. Kinds nobody subscribed on purpose are accepted and dropped,
 * because the platform would otherwise push them four more times.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { appId, inbound } = parts;

  return async (envelope, text) => {
    const header = recordField(envelope, 'header');
    const event = recordField(envelope, 'event');
    const origin = header ?? event;
    if (!origin) return refuse(422, 'bad_envelope');
    if (textField(origin, 'app_id') !== appId) return refuse(403, 'wrong_app');
    const tenant = textField(origin, 'tenant_key');
    if (tenant === null || !(await inbound.isOurTenant(tenant))) return refuse(403, 'wrong_tenant');

    const eventId = header && textField(header, 'event_id');
    switch (header && textField(header, 'event_type')) {
      case 'im.message.receive_v1':
        return event ? storeMessage(envelope, event, tenant, text) : refuse(422, 'bad_envelope');
      case 'im.chat.member.bot.added_v1':
      case 'im.chat.member.bot.deleted_v1':
        if (!eventId || !event) return refuse(422, 'bad_envelope');
        await inbound.store({
          eventKey: `evt:${eventId}`,
          orderKey: textField(event, 'chat_id'),
          payload: payloadOf(envelope, text),
        });
        return accepted;
      case 'card.action.trigger': {
        const answer = await parts.answerTap(envelope);
        return answer === null ? refuse(422, 'bad_envelope') : { ok: true, answer };
      }
      default:
        return accepted;
    }
  };

  async function storeMessage(
    envelope: JsonRecord,
    event: JsonRecord,
    tenant: string,
    text?: string,
  ): Promise<IntakeResult> {
    const message = recordField(event, 'message');
    const messageId = message && textField(message, 'message_id', 120);
    const chatId = message && textField(message, 'chat_id');
    if (!messageId || !chatId) return refuse(422, 'bad_envelope');
    const plain = payloadOf(envelope, text);
    // A record forwarded to the bot holds no words itself: they are fetched before the ack, so that a failure is pushed again.
    const handed = message.message_type === 'merge_forward' && message.chat_type === 'p2p';
    const payload = handed ? await parts.readRecord(messageId, plain, tenant) : plain;
    await inbound.store({ eventKey: `msg:${messageId}`, orderKey: chatId, payload });
    return accepted;
  }

  /** The verification token is a secret of the connection and has no business in the inbox table. */
  function payloadOf(envelope: JsonRecord, text: string | undefined): string {
    const json = text ?? JSON.stringify(envelope);
    return parts.verificationToken === null ? json : json.replace(`"token":"${parts.verificationToken}"`, '"token":""');
  }
}

const accepted: IntakeResult = { ok: true, answer: null };

function refuse(
  status: 403 | 422,
  reason: Extract<IntakeResult, { ok: false }>['reason'],
): Extract<IntakeResult, { ok: false }> {
  return { ok: false, status, reason };
}
