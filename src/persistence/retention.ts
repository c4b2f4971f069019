/** Forgets what people said when its time is over; the quote of a stage change is evidence and stays with the deal. */
import type { Session } from './session.ts';

const DAY_MS = 86_400_000;

/** Returns how many messages went. */
export async function forgetWhatIsPast(session: Session, at: number): Promise<number> {
  // What a rule saw in a message is the same words: they go with it, the verdict stays.
  await session.execute(
    `UPDATE signal_decision SET quote = '', phrase = ''
     WHERE (tenant_id, message_id) IN (SELECT tenant_id, id FROM message WHERE expires_at < ?)`,
    [at],
  );
  const messages = await session.execute('DELETE FROM message WHERE expires_at < ?', [at]);
  await session.execute('DELETE FROM card_action WHERE expires_at < ?', [at - 30 * DAY_MS]);
  // A question whose buttons are gone can no longer be answered, and the words it quoted are nobody's business any more.
  await session.execute(
    `UPDATE card SET status = 'closed', outcome = COALESCE(outcome, '没有人处理，已过期'), data = '{}'
     WHERE kind <> 'digest' AND data <> '{}' AND created_at < ? AND NOT EXISTS
       (SELECT 1 FROM card_action a WHERE a.tenant_id = card.tenant_id AND a.card_id = card.id)`,
    [at - 30 * DAY_MS],
  );
  // Files that nobody brought back; what a deal waited for is over long before.
  await session.execute(
    `DELETE FROM attachment_part
     WHERE (tenant_id, attachment_id) IN (SELECT tenant_id, id FROM attachment WHERE removed_at < ?)`,
    [at - 30 * DAY_MS],
  );
  await session.execute('DELETE FROM attachment WHERE removed_at < ?', [at - 30 * DAY_MS]);
  await session.execute('DELETE FROM stage_wish WHERE created_at < ?', [at - 91 * DAY_MS]);
  await session.execute('DELETE FROM answered_call WHERE created_at < ?', [at - DAY_MS]);
  await session.execute('DELETE FROM schedule_tick WHERE fire_at < ?', [at - 7 * DAY_MS]);
  return messages;
}
