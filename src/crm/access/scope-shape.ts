/** What a colleague may see, as the repositories take it. */

/** Customers that a colleague helps with are theirs to see beside this; the repositories look that up. */
export interface Scope {
  readonly staffId: string;
  /** Everybody's. */
  readonly all: boolean;
  /** Whose customers they may see; without meaning where `all`. */
  readonly owners: readonly string[];
  /** Themselves, those below them and the departments they lead: over what belongs to these they decide. */
  readonly leads: readonly string[];
  /** Decides over everybody's: an administrator. Who sees everything does not change everything. */
  readonly decides: boolean;
}
