/** The buttons of an alert card, as many as every platform has places for: six, of which a choice takes one. */
import { addAction, newAction } from '../card/new-card.ts';
import type { CardActionKind, CardRow } from '../rows/cards.ts';
import type { AlertRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import { alertsOnCard, MOST_LINES, worstFirst } from './on-card.ts';

/** One matter: everything. */
const ALONE: readonly CardActionKind[] = ['alert_follow', 'alert_advance', 'alert_extend'];
/** Up to three: two buttons each. More: one each; what else there is to do, the pages have. */
const FEW: readonly CardActionKind[] = ['alert_follow', 'alert_advance'];
const MOST_OF_FEW = 3;

/** The buttons of a card that is just made, in one statement: a sweep makes hundreds. */
export async function giveFirstButtons(
  tx: Tx,
  card: Pick<CardRow, 'id' | 'staffId'>,
  open: readonly AlertRow[],
): Promise<void> {
  const wanted = open.toSorted(worstFirst).slice(0, MOST_LINES);
  const actions = wanted.flatMap(({ clockId }) =>
    kindsFor(open.length).map((kind) => newAction(tx, card, { kind, targetId: clockId })),
  );
  await tx.queries.insertActions(actions);
}

/** Gives each matter of a card that has grown the buttons it does not have yet. */
export async function giveButtons(tx: Tx, card: Pick<CardRow, 'id' | 'staffId'>): Promise<void> {
  const { open } = await alertsOnCard(tx, card.id);
  const known = await tx.cardAction.list({ cardId: card.id });
  for (const { clockId } of open.slice(0, MOST_LINES))
    for (const kind of kindsFor(open.length))
      if (!known.some((action) => action.kind === kind && action.targetId === clockId))
        await addAction(tx, card, { kind, targetId: clockId });
}

/** What each of so many matters has on one card. */
function kindsFor(matters: number): readonly CardActionKind[] {
  if (matters === 1) return ALONE;
  return matters <= MOST_OF_FEW ? FEW : FEW.slice(0, 1);
}
