/** What pages of a large company look up and order by. */
import { indexes } from './dsl.ts';

export const pageIndexes = indexes('PageIndexes1763800000008', {
  // A colleague's newest customers: SQLite's index ends in its own row number, not in the id that pages go by.
  customer: [['tenant_id', 'owner_id', 'id']],
  // The cards that a move makes moot.
  card_action: [['tenant_id', 'target_id']],
});
