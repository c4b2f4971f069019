/** The reads of customers, deals and what was said, for one colleague: nothing outside their scope comes back. */
import type { StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow, StageChangeRow } from '../rows/deals.ts';
import type { ContactProfileRow, CustomerProfileRow } from '../rows/organisation.ts';
import type { ContactRow, CustomerRow } from '../rows/people.ts';
import type { ActivityRow, MessageRow } from '../rows/words.ts';

/** A place in a list that is read backwards in time: everything before it comes next. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

export interface CustomerLine {
  readonly customer: CustomerRow;
  readonly profile: CustomerProfileRow | null;
  readonly openDeals: number;
}

/** What is undefined does not matter. */
export interface CustomerFilter {
  readonly grade?: string | undefined;
  readonly tag?: string | undefined;
  /** The colleague's own, without those they see for another reason. */
  readonly own?: boolean | undefined;
}

/** Where a list of deals that stand too long goes on: one stage, one level of its ladder, behind one clock. */
export interface OverduePlace {
  readonly stage: string;
  readonly level: number;
  readonly after: Pick<StageClockRow, 'fromAt' | 'id'> | null;
}

export interface KnownContact {
  readonly contact: ContactRow;
  readonly profile: ContactProfileRow | null;
}

export type Happening =
  | { readonly kind: 'message'; readonly at: number; readonly row: MessageRow; readonly chatName: string | null }
  | { readonly kind: 'stage'; readonly at: number; readonly row: StageChangeRow; readonly deal: OpportunityRow }
  | { readonly kind: 'activity'; readonly at: number; readonly row: ActivityRow };

export interface Readable {
  /**
   * Null also when it is somebody else's: that it is there is no business of the asker. By the id of one that was merged,
   * the one it went into.
   */
  customer(id: string): Promise<CustomerRow | null>;
  /** Newest first, before the customer `before`. */
  customers(limit: number, before: string | null, among?: CustomerFilter): Promise<readonly CustomerLine[]>;
  /** What the newest customers are marked with, of each owner's some, at most `limit` of them. */
  profiles(limit: number): Promise<readonly CustomerProfileRow[]>;
  /** Those of these customers that the colleague may open. */
  visible(customerIds: readonly string[]): Promise<ReadonlySet<string>>;
  contacts(customerId: string, limit: number): Promise<readonly KnownContact[]>;
  /** Open ones oldest first, then closed ones newest first, at most `closedLimit`. */
  deals(
    customerId: string,
    closedLimit: number,
  ): Promise<{ readonly open: readonly OpportunityRow[]; readonly closed: readonly OpportunityRow[] }>;
  /** The customer's deal when the customer is visible, or one whose own owner is. */
  deal(id: string): Promise<OpportunityRow | null>;
  /** Deals of one stage at one level of its ladder, those that have stood longest first; `owners`: only these people's. */
  overdue(
    place: OverduePlace,
    limit: number,
    owners: ReadonlySet<string> | null,
  ): Promise<readonly { readonly deal: OpportunityRow; readonly clock: StageClockRow }[]>;
  /** Newest first. */
  moves(dealId: string, limit: number): Promise<readonly StageChangeRow[]>;
  /** What happened with a customer before a place, newest first. */
  happenings(customerId: string, limit: number, before: Place | null): Promise<readonly Happening[]>;
}
