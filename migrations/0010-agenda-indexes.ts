/** What a colleague's day is put together from: their open deals, the longest standing first, and the cards that wait for them. */
import { indexes, together, without } from './dsl.ts';

export const agendaIndexes = together(
  'AgendaIndexes1763800000010',
  indexes('', {
    opportunity: [['tenant_id', 'owner_id', 'status', 'stage_entered_at']],
    card: [['tenant_id', 'staff_id', 'status']],
  }),
  // The beginning of the new one.
  without(indexes('', { opportunity: [['tenant_id', 'owner_id', 'status']] })),
);
