/** Takes one verified callback: stores it, decides a tap, or wakes who pulls. Only cheap looks at the XML happen here. */
import { createHash } from 'node:crypto';
import type { Inbound } from '../../src/channel/channel.ts';
import { appChat, privateChat } from './chats.ts';
import { type Element, scanXml, textOf } from './scan.ts';

export type IntakeResult =
  /** Everything that must be durable is. */
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly status: 403 | 422;
      readonly reason: 'wrong_corp' | 'wrong_tenant' | 'wrong_app' | 'bad_xml';
    };

export type Intake = (xml: string) => Promise<IntakeResult>;

export interface IntakeParts {
  readonly corpId: string;
  readonly agentId: number;
  readonly inbound: Inbound;
  /** Decides a `template_card_event`; false when it is not one we can read. */
  readonly answerTap: (xml: string, eventKey: string) => Promise<boolean>;
  /** There are new rows of this service account; `token` lets them be read without the strict limit. */
  readonly wakeService: (openKfId: string, token: string | null) => void;
  /** Service accounts were given to our app or taken from it. */
  readonly serviceAccountsChanged: () => void;
  readonly wakeArchive: () => void;
}

const contactChanges = new Set([
  'add_external_contact',
  'add_half_external_contact',
  'edit_external_contact',
  'del_external_contact',
  'del_follow_user',
]);

/**
 * Rejects when the event could not be stored, so that no ack goes out. Kinds of no interest are accepted and dropped.
 * A message's key is its MsgId; an event has no id of its own (its sender is often `sys` and its time counts seconds),
 * so its key is the hash of the whole XML, which a repeated delivery does not change.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { corpId, agentId, inbound } = parts;

  return async (xml) => {
    const elements = scanXml(xml);
    if (elements === null) return refuse(422, 'bad_xml');
    if (textOf(elements, 'ToUserName') !== corpId) return refuse(403, 'wrong_corp');
    if (!(await inbound.isOurTenant(corpId))) return refuse(403, 'wrong_tenant');
    const kind = textOf(elements, 'MsgType');
    return kind === 'event' ? takeEvent(xml, elements) : takeMessage(xml, elements);
  };

  async function takeMessage(xml: string, elements: readonly Element[]): Promise<IntakeResult> {
    if (textOf(elements, 'AgentID') !== String(agentId)) return refuse(403, 'wrong_app');
    const [id, userId] = [textOf(elements, 'MsgId'), textOf(elements, 'FromUserName')];
    if (!id || !userId || !/^[\w-]{1,64}$/.test(id)) return refuse(422, 'bad_xml');
    await inbound.store({ eventKey: `msg:${id}`, orderKey: appChat(userId).id, payload: xml });
    return accepted;
  }

  async function takeEvent(xml: string, elements: readonly Element[]): Promise<IntakeResult> {
    const eventKey = `evt:${createHash('sha256').update(xml).digest('hex')}`;
    switch (textOf(elements, 'Event')) {
      case 'template_card_event':
        if (textOf(elements, 'AgentID') !== String(agentId)) return refuse(403, 'wrong_app');
        return (await parts.answerTap(xml, eventKey)) ? accepted : refuse(422, 'bad_xml');
      case 'change_external_contact': {
        if (!contactChanges.has(textOf(elements, 'ChangeType') ?? '')) return accepted;
        const [userId, outsiderId] = [textOf(elements, 'UserID'), textOf(elements, 'ExternalUserID')];
        if (!userId || !outsiderId) return refuse(422, 'bad_xml');
        await inbound.store({ eventKey, orderKey: privateChat(userId, outsiderId).id, payload: xml });
        return accepted;
      }
      case 'change_external_chat': {
        // Who is in a group says nothing about a deal; that it ended, nobody has to be told.
        if (textOf(elements, 'UpdateDetail') !== 'change_name') return accepted;
        const chatId = textOf(elements, 'ChatId');
        if (!chatId) return refuse(422, 'bad_xml');
        await inbound.store({ eventKey, orderKey: chatId, payload: xml });
        return accepted;
      }
      case 'kf_msg_or_event': {
        const openKfId = textOf(elements, 'OpenKfId');
        if (!openKfId) return refuse(422, 'bad_xml');
        parts.wakeService(openKfId, textOf(elements, 'Token') || null);
        return accepted;
      }
      case 'kf_account_auth_change':
        parts.serviceAccountsChanged();
        return accepted;
      case 'msgaudit_notify':
        parts.wakeArchive();
        return accepted;
      default:
        return accepted;
    }
  }
}

const accepted: IntakeResult = { ok: true };

function refuse(
  status: 403 | 422,
  reason: Extract<IntakeResult, { ok: false }>['reason'],
): Extract<IntakeResult, { ok: false }> {
  return { ok: false, status, reason };
}
