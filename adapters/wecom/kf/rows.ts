/** The rows of an account's log as the platform gives them, as far as we read them. https://developer.work.weixin.qq.com/document/path/94670 */
import { fromSeconds } from '../instant.ts';
import { field, type JsonRecord, nestsDeeperThan, recordField, textField } from '../json.ts';

export interface Row {
  readonly id: string;
  /** Ms. */
  readonly at: number;
  readonly openKfId: string;
  /** The customer; absent from events that concern a colleague alone. */
  readonly outsiderId: string | null;
  /** 3 the customer, 4 the system, 5 a colleague in the client. Other numbers are not known to us. */
  readonly origin: number;
  /** The colleague who wrote (origin 5). */
  readonly servicerId: string | null;
  readonly type: string;
  /** The object named after the type. */
  readonly body: JsonRecord;
}

const maxDepth = 32;

/** Null for a row without the fields every row has, or one that nests too deep to be stored. Rows of events carry their ids inside the event. */
export function readRow(raw: JsonRecord, account: string): Row | null {
  const [id, type] = [textField(raw, 'msgid'), textField(raw, 'msgtype')];
  const [at, origin] = [fromSeconds(field(raw, 'send_time')), field(raw, 'origin')];
  if (id === null || type === null || at === null || typeof origin !== 'number') return null;
  if (nestsDeeperThan(raw, maxDepth)) return null;
  const body = recordField(raw, type) ?? {};
  const ids = type === 'event' ? body : raw;
  return {
    id,
    at,
    openKfId: textField(ids, 'open_kfid') ?? account,
    outsiderId: textField(ids, 'external_userid'),
    origin,
    servicerId: textField(raw, 'servicer_userid'),
    type,
    body,
  };
}

/** What an event row tells about sessions; null for the rest. https://developer.work.weixin.qq.com/document/path/94670 §事件消息 */
export type SessionNews =
  /** Taken from the pool, handed over, or opened again: somebody has it. */
  | { readonly kind: 'held'; readonly outsiderId: string }
  | { readonly kind: 'ended'; readonly outsiderId: string }
  /** A colleague takes customers from now on. */
  | { readonly kind: 'receiving' };

export function sessionNews({ type, body, outsiderId }: Row): SessionNews | null {
  if (type !== 'event') return null;
  switch (body.event_type) {
    case 'session_status_change':
      if (outsiderId === null) return null;
      return { kind: body.change_type === 3 ? 'ended' : 'held', outsiderId };
    case 'servicer_status_change':
      return body.status === 1 ? { kind: 'receiving' } : null;
    default:
      return null;
  }
}

/** The message an event row takes back, by the customer or by a colleague. */
export function recalledId({ type, body }: Row): string | null {
  const recall = body.event_type === 'user_recall_msg' || body.event_type === 'servicer_recall_msg';
  return type === 'event' && recall ? textField(body, 'recall_msgid') : null;
}
