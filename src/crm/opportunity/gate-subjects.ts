/** What a stage may want to be agreed to, by its key: which deals have it, and what stands in the way where one has not. */
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import type { Obstacle } from './obstacle.ts';
import { quoteObstacle } from './quote-obstacle.ts';

interface GateSubject {
  /** Those of these deals that have one that was agreed to and still holds. */
  approvedOf(tx: Tx, dealIds: readonly string[]): Promise<readonly string[]>;
  /** Of a deal that has none. */
  obstacle(tx: Tx, deal: OpportunityRow): Promise<Obstacle>;
}

/** A key that is not in it is in no policy either: it is checked there. */
export const GATE_SUBJECTS: Readonly<Record<string, GateSubject | undefined>> = {
  quote: { approvedOf: (tx, dealIds) => tx.queries.dealsWithApprovedQuote(dealIds), obstacle: quoteObstacle },
};
