/** What a button's handler is given and gives back. */
import type { CardActionRow, CardRow } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** What an action did: a notice for the tapper, and how the matter ended when it did end. */
export type ActionResult =
  | { readonly ok: true; readonly notice: string; readonly closed: string | null }
  | { readonly ok: false; readonly notice: string };

export interface ActionContext {
  readonly tx: Tx;
  readonly card: CardRow;
  readonly action: CardActionRow;
  readonly staff: StaffRow;
  /** What was chosen beside the button; empty when nothing was. */
  readonly choice: string;
  /** What was typed beside it; empty when nothing was. */
  readonly words: string;
}
