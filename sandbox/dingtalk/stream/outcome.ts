/** What an ack is worth: 200 for callbacks, SUCCESS or LATER for events (dingtalk.md §1.4). */
import type { PushOutcome } from '../../platform/http-push.ts';
import type { Journal } from '../complaints.ts';
import type { OutgoingEvent } from '../events.ts';
import type { Ack } from './frames.ts';

export function lost(reason: string, startedAt: number): PushOutcome {
  return { accepted: false, status: null, answer: '', reason, tookMs: performance.now() - startedAt };
}

/** The outcome's answer is the `response` of a callback as JSON text. */
export function outcomeOf(event: OutgoingEvent, ack: Ack, journal: Journal, startedAt: number): PushOutcome {
  if (ack.code !== 200) return lost(`ack_${ack.code}`, startedAt);
  const response = event.kind === 'event' ? ack.data?.status : ack.data?.response;
  const bad = (): PushOutcome => {
    journal.complain('bad_ack', `${event.eventType}: ${JSON.stringify(ack.data)}`);
    return lost('ack_unreadable', startedAt);
  };
  if (event.kind === 'event' && response !== 'SUCCESS')
    return response === 'LATER' ? lost('ack_later', startedAt) : bad();
  if (response === undefined && event.kind === 'card') return bad();
  const answer = JSON.stringify(response ?? null);
  return { accepted: true, status: null, answer, reason: null, tookMs: performance.now() - startedAt };
}
