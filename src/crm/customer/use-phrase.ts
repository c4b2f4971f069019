/** K2: a colleague has put a phrase of the policy into a customer's chat. What is kept is which one, not its words. */
import { type Desk, type Done, refused } from '../access/desk.ts';
import type { ActivityRow } from '../rows/words.ts';
import { addActivity } from './change-customer.ts';

export async function notePhraseUsed(desk: Desk, customerId: string, title: string): Promise<Done<ActivityRow>> {
  const known = desk.tx.active.policy.phrases.some((phrase) => phrase.title === title);
  if (!known) return refused('not_found', '没有这句话术，可能刚被改过，请重新打开。');
  return addActivity(desk, customerId, { text: title, kind: 'phrase' });
}
