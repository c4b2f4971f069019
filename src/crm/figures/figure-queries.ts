/** Questions about all deals of a company at once, each answered by one index, by the deals' owners. */
import type { StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tally } from './figures.ts';

interface OfOwner extends Tally {
  readonly ownerId: string;
}

export interface FigureQueries {
  /** The open deals of one stage. `enteredAt`: when they entered it, on average. */
  openByOwner(stage: string): Promise<readonly (OfOwner & { readonly enteredAt: number })[]>;
  /** Those of them whose clock is behind this level of the ladder. */
  overdueByOwner(stage: string, level: number): Promise<readonly (OfOwner & { readonly highRisk: number })[]>;
  /** Begun since then. */
  begunByOwner(since: number): Promise<readonly OfOwner[]>;
  /** Won or lost since then. */
  closedByOwner(since: number): Promise<readonly (OfOwner & { readonly status: 'won' | 'lost' })[]>;
  /** The clocks of these deals, in no order. */
  clocksOf(dealIds: readonly string[]): Promise<readonly StageClockRow[]>;
  /** The newest won since then. */
  wonSince(since: number, limit: number): Promise<readonly OpportunityRow[]>;
  /** Moves of deals that stayed open and of moves that stand, since then. */
  movesByOwner(since: number): Promise<readonly { readonly ownerId: string; readonly count: number }[]>;
}
