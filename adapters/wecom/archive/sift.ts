/** Decides which archived messages may be kept, and keeps of each only what will be read. */
import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import { privateChat } from '../chats.ts';
import { field, type JsonRecord } from '../json.ts';
import type { Consent } from './consent.ts';
import { type Conversation, conversationOf, isOutsider } from './people.ts';
import { type ArchivedMessage, messageHead } from './wire.ts';

/** What is stored. */
export interface StoredRecord {
  readonly liaodan: 'archive';
  readonly conversation: Conversation;
  readonly message: JsonRecord;
}

export interface Sifted {
  readonly events: readonly InboundEvent[];
  /** Words of people outside whose consent is not recorded: counted, and nothing else. */
  readonly withoutConsent: number;
}

/** Types with words in them, by the name of their body. `markdown` keeps its text under `info` [D:91774]. */
const wordy = new Map([
  ['text', 'text'],
  ['markdown', 'info'],
  ['mixed', 'mixed'],
  ['chatrecord', 'chatrecord'],
  ['revoke', 'revoke'],
]);
/** Types without words we read, which still are a sign of life. New types come without notice and are passed over. */
const silent = new Set(
  'image voice video file emotion card location link weapp todo vote collect redpacket external_redpacket meeting docmsg news calendar meeting_voice_call voip_doc_share sphfeed'.split(
    ' ',
  ),
);

/** Rejects with ApiFailure when the platform could not be asked about consent: nothing may be passed over then. */
export async function siftMessages(messages: readonly JsonRecord[], consent: Consent): Promise<Sifted> {
  const spoken = messages.flatMap((raw) => {
    const head = messageHead.safeParse(raw);
    const conversation = head.success ? conversationOf(head.data) : null;
    // A private chat of two colleagues is nobody else's business: it goes no further than here.
    return head.success && conversation !== null ? [{ head: head.data, raw, conversation }] : [];
  });
  await consent.ask(
    spoken.filter(({ conversation }) => conversation.kind === 'pair').map(({ conversation }) => conversation),
  );

  const events: InboundEvent[] = [];
  let withoutConsent = 0;
  for (const { head, raw, conversation } of spoken) {
    if (learnConsent(head, raw, conversation, consent)) continue;
    if (!wordy.has(head.msgtype) && !silent.has(head.msgtype)) continue;
    if (head.action === 'send' && !(await mayKeep(head, conversation, consent))) {
      withoutConsent += 1;
      continue;
    }
    events.push(eventOf(head, raw, conversation));
  }
  return { events, withoutConsent };
}

/** In private a colleague's words answer the outsider's, so the consent covers both; in a room it covers who gave it. */
function mayKeep(head: ArchivedMessage, conversation: Conversation, consent: Consent): Promise<boolean> | boolean {
  if (conversation.kind === 'pair') return consent.agreed(conversation, conversation.outsiderId);
  return !isOutsider(head.from) || consent.agreed(conversation, head.from);
}

/** `agree` and `disagree` say who; true when the message was one of these. */
function learnConsent(head: ArchivedMessage, raw: JsonRecord, conversation: Conversation, consent: Consent): boolean {
  if (head.msgtype !== 'agree' && head.msgtype !== 'disagree') return false;
  const said = field(raw, head.msgtype);
  const userId = said && typeof said === 'object' && 'userid' in said ? said.userid : null;
  const who = typeof userId === 'string' && isOutsider(userId) ? userId : head.from;
  if (isOutsider(who)) consent.learn(conversation, who, head.msgtype === 'agree');
  return true;
}

function eventOf(head: ArchivedMessage, raw: JsonRecord, conversation: Conversation): InboundEvent {
  const body = wordy.get(head.msgtype);
  const { msgid, action, from, msgtime, msgtype } = head;
  const kept: JsonRecord = {
    ...{ msgid, action, from, msgtime, msgtype },
    ...(body === undefined ? {} : { [body]: field(raw, body) ?? null }),
  };
  const payload: StoredRecord = { liaodan: 'archive', conversation, message: kept };
  const id = msgid.length <= 120 ? msgid : createHash('sha256').update(msgid).digest('base64url');
  return {
    eventKey: `msg:${id}`,
    orderKey:
      conversation.kind === 'room' ? conversation.roomId : privateChat(conversation.userId, conversation.outsiderId).id,
    payload: JSON.stringify(payload),
  };
}
