/** Takes one verified push, whichever way it came: store it, answer it, or refuse it. */
import type { ChannelLog, Inbound, UsageMeter } from '../../src/channel/channel.ts';
import type { CarriedSessions } from './carried-session.ts';
import { readWords } from './content.ts';
import { shortId } from './ids.ts';
import { field, type JsonRecord, textField } from './json.ts';
import { asStored, readMessageHead } from './message-head.ts';
import type { Nameless } from './nameless.ts';
import { createOnce } from './once.ts';
import { type OrganisationEvent, worthStoring } from './organisation.ts';
import type { PushProblems } from './push-problems.ts';
import type { Sessions } from './sessions.ts';
import type { Taps } from './taps.ts';
import { readTypedTap } from './typed-taps.ts';

export type IntakeResult =
  /** Everything that must be durable is; `answer` is what a card tap is answered with, null for the rest. */
  | { readonly ok: true; readonly answer: object | null }
  | { readonly ok: false; readonly status: 403 | 422; readonly reason: 'wrong_corp' | 'bad_payload' };

/** Each rejects when the push could not be stored, so that no ack goes out. */
export interface Intake {
  robot(data: JsonRecord): Promise<IntakeResult>;
  /** `frameId`: what the transport calls this delivery. */
  card(data: JsonRecord, frameId: string): Promise<IntakeResult>;
  event(event: OrganisationEvent): Promise<IntakeResult>;
}

export interface IntakeParts {
  readonly corpId: string;
  readonly inbound: Inbound;
  readonly sessions: Pick<Sessions, 'note'>;
  readonly carried: Pick<CarriedSessions, 'close'>;
  readonly taps: Pick<Taps, 'answer' | 'typed'>;
  readonly problems: PushProblems;
  readonly nameless: Nameless;
  readonly usage: Pick<UsageMeter, 'add'>;
  readonly now: () => number;
  readonly log: ChannelLog;
}

/** Events that the monthly allowance does not count (dingtalk.md §5.2). */
const free = /^(check_url|user_(add|modify|leave|active)_org|org_dept_\w+|org_change|org_admin_\w+|label_\w+)$/;

/**
 * Only plain field checks happen here: the full reading is the worker's, after the ack. Events of no interest are
 * accepted and dropped, because the platform would push them again.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { inbound, problems, log, now } = parts;
  const counted = createOnce();

  /** A company that is not in the settings never reaches the core, where the first one would be pinned. */
  async function isOurs(corpId: string | null): Promise<boolean> {
    if (corpId === parts.corpId && (await inbound.isOurTenant(corpId))) return true;
    problems.foreign(corpId);
    return false;
  }

  /** False for a push that comes again: it was counted when it came first. */
  function count(id: string): boolean {
    const fresh = counted(id);
    if (fresh) parts.usage.add('push');
    return fresh;
  }

  return {
    async robot(data) {
      const corpId = textField(data, 'chatbotCorpId');
      const exhausted = isOverQuota(data);
      if (!(exhausted && corpId === null) && !(await isOurs(corpId))) return wrongCorp;
      if (exhausted) {
        problems.exhausted();
        log.warn({}, 'dingtalk message without words: the month is used up');
        return accepted;
      }
      const head = readMessageHead(data);
      if (head === null) return badPayload;
      const fresh = count(head.messageId);
      const { messageId, chatId, kind, sender, session } = head;
      problems.heard(sender.kind);
      const staffId = sender.kind === 'colleague' ? sender.staffId : null;
      const note = session && { chatId, kind, staffId, ...session };
      if (note) parts.sessions.note(note);
      if (sender.kind === 'nameless') {
        log.warn({}, 'dingtalk message without a staff id dropped');
        if (fresh) parts.nameless.heard(sender.senderId ?? chatId, chatId);
        return accepted;
      }
      const typed = staffId === null ? null : readTypedTap(readWords(data));
      if (staffId !== null && typed !== null) {
        if (fresh) await parts.taps.typed(staffId, messageId, chatId, typed);
        return accepted;
      }
      await inbound.store({
        eventKey: `msg:${shortId(messageId)}`,
        orderKey: shortId(chatId),
        payload: JSON.stringify(asStored(data, now(), note && parts.carried.close(note))),
      });
      return accepted;
    },
    async card(data, frameId) {
      if (!(await isOurs(textField(data, 'corpId')))) return wrongCorp;
      const answer = await parts.taps.answer(data, frameId, () => parts.usage.add('push'));
      return answer === null ? badPayload : { ok: true, answer };
    },
    async event(event) {
      if (!(await isOurs(event.corpId))) return wrongCorp;
      if (!free.test(event.type)) count(event.eventId);
      for (const row of worthStoring(event)) await inbound.store(row);
      return accepted;
    },
  };
}

const accepted: IntakeResult = { ok: true, answer: null };
const wrongCorp: IntakeResult = { ok: false, status: 403, reason: 'wrong_corp' };
const badPayload: IntakeResult = { ok: false, status: 422, reason: 'bad_payload' };

/** Two official pages name the field differently, and none says whether it is a number (dingtalk.md §3.1). */
function isOverQuota(data: JsonRecord): boolean {
  return ['errCode', 'errorCode'].some((name) => String(field(data, name)) === '20001');
}
