/** What the operations about phrases do. */
import { done } from '../../../crm/access/desk.ts';
import { notePhraseUsed } from '../../../crm/customer/use-phrase.ts';
import type { Handlers } from './handling.ts';

export const phraseHandlers: Pick<Handlers, 'phrases' | 'phraseUsed'> = {
  phrases: async ({ tx }) => done({ items: tx.active.policy.phrases.map(({ title, text }) => ({ title, text })) }),

  phraseUsed: async (desk, { id, body }) => {
    const noted = await notePhraseUsed(desk, id, body.title);
    if (!noted.ok) return noted;
    const { id: activityId, at, kind, text } = noted.value;
    return done({ kind: 'activity', id: activityId, at, by: desk.me.name, how: kind, text });
  },
};
