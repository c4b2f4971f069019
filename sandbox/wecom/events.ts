/** Callbacks as the platform writes them: the common head, the message or event, and who gets it. */
import type { Random } from '../platform/random.ts';
import type { ResolvedOptions } from './options.ts';
import type { XmlFields } from './xml.ts';

export interface OutgoingEvent {
  /** `MsgId` of a message; a name of our own for events, which have none. */
  readonly eventId: string;
  /** `text`, `template_card_event`, `change_external_contact.add_external_contact` … */
  readonly eventType: string;
  /** Which keys seal it and where it goes. */
  readonly receiver: 'app' | 'archive';
  /** Carried by the envelope; null where the callback belongs to no app. */
  readonly agentId: number | null;
  readonly fields: XmlFields;
}

export interface EventWriter {
  /** A message of a member to our app. `at` in ms. */
  message(userid: string, type: string, body: XmlFields, at?: number): OutgoingEvent;
  /** An event of our app: `FromUserName` is the person, or `sys`. */
  appEvent(event: string, from: string, fields?: XmlFields): OutgoingEvent;
  /** An event of contacts, customers or groups: no AgentID, `FromUserName` is `sys`. */
  sysEvent(event: string, fields: XmlFields): OutgoingEvent;
  /** The bell of a kf account: neither FromUserName nor AgentID. */
  kfBell(token: string, openKfId: string): OutgoingEvent;
  archiveNotice(): OutgoingEvent;
}

/** The archive has an app of its own. */
const ARCHIVE_AGENT_ID = 2000004;

export function createEventWriter({
  options,
  random,
  now,
}: {
  options: ResolvedOptions;
  random: Random;
  now: () => number;
}): EventWriter {
  const { corpId, agentId } = options;
  const seconds = (at: number): number => Math.floor(at / 1000);

  /** An int64 beyond what a double can hold. */
  const newMsgId = (): string =>
    `7${String(random.int(1e9)).padStart(9, '0')}${String(random.int(1e9)).padStart(9, '0')}`;

  function event(
    name: string,
    from: string | null,
    fields: XmlFields,
    rest: Pick<OutgoingEvent, 'receiver' | 'agentId'>,
  ): OutgoingEvent {
    const change = fields.ChangeType;
    return {
      eventId: random.hex(32),
      eventType: typeof change === 'string' ? `${name}.${change}` : name,
      ...rest,
      fields: {
        ToUserName: corpId,
        FromUserName: from ?? undefined,
        CreateTime: seconds(now()),
        MsgType: 'event',
        ...(rest.receiver === 'archive' && { AgentID: rest.agentId ?? undefined }),
        Event: name,
        ...fields,
        ...(rest.receiver === 'app' && { AgentID: rest.agentId ?? undefined }),
      },
    };
  }

  return {
    message(userid, type, body, at = now()) {
      const MsgId = newMsgId();
      const head = { ToUserName: corpId, FromUserName: userid, CreateTime: seconds(at), MsgType: type };
      const fields = { ...head, ...body, MsgId: BigInt(MsgId), AgentID: agentId };
      return { eventId: MsgId, eventType: type, receiver: 'app', agentId, fields };
    },
    appEvent: (name, from, fields = {}) => event(name, from, fields, { receiver: 'app', agentId }),
    sysEvent: (name, fields) => event(name, 'sys', fields, { receiver: 'app', agentId: null }),
    kfBell: (Token, OpenKfId) =>
      event('kf_msg_or_event', null, { Token, OpenKfId }, { receiver: 'app', agentId: null }),
    archiveNotice: () => event('msgaudit_notify', 'sys', {}, { receiver: 'archive', agentId: ARCHIVE_AGENT_ID }),
  };
}
