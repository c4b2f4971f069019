/** What is known of one customer, as an answer needs it. */
import type { OpportunityRow } from '../rows/deals.ts';
import type { ContactRow, CustomerRow, StaffRow } from '../rows/people.ts';
import type { ActivityRow, MessageRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';

export interface CustomerFacts {
  readonly customer: CustomerRow;
  readonly owner: StaffRow | null;
  readonly contacts: readonly ContactRow[];
  /** Open, oldest first. */
  readonly deals: readonly OpportunityRow[];
  readonly lastWords: MessageRow | null;
  readonly lastNote: ActivityRow | null;
}

const SHOWN_CONTACTS = 5;

export async function customerFacts(tx: Tx, customer: CustomerRow): Promise<CustomerFacts> {
  const where = { customerId: customer.id };
  const [lastNote] = await tx.activity.list(where, { orderBy: 'at', descending: true, limit: 1 });
  return {
    customer,
    owner: await tx.staff.get(customer.ownerId),
    contacts: await tx.contact.list(where, { limit: SHOWN_CONTACTS }),
    deals: await tx.queries.openOpportunities(customer.id),
    lastWords: await tx.queries.lastWords(customer.id),
    lastNote: lastNote ?? null,
  };
}
