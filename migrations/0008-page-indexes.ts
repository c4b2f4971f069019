/** What pages of a large company look up and order by. */
import { fillCustomerMarks } from './customer-marks.ts';
import { id, indexes, str, tables, together } from './dsl.ts';

export const pageIndexes = together(
  'PageIndexes1763800000008',
  indexes('', {
    // A colleague's newest customers: SQLite's index ends in its own row number, not in the id that pages go by.
    customer: [['tenant_id', 'owner_id', 'id']],
    // The cards that a move makes moot.
    card_action: [['tenant_id', 'target_id']],
    // A customer's moves, the newest of all its deals, without reading each of them.
    stage_change: [['tenant_id', 'opportunity_id', 'at', 'id']],
  }),
  tables('', {
    /** Grades and tags of customers that are there, and both together, beside the owner: lists of one mark, in order. */
    customer_mark: {
      columns: { tenant_id: id, mark: str(191), owner_id: id, customer_id: id },
      primary: ['tenant_id', 'customer_id', 'mark'],
      index: [
        ['tenant_id', 'mark', 'owner_id', 'customer_id'],
        ['tenant_id', 'mark', 'customer_id', 'owner_id'],
      ],
    },
  }),
  fillCustomerMarks,
);
