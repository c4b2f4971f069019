/** What a colleague fills in on a deal: its name, its amount, the fields of the policy. */
import { type Desk, type Done, refused } from '../access/desk.ts';
import { refuseToChange } from '../access/to-change.ts';
import { refreshCard } from '../card/send-card.ts';
import { fitName } from '../names.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type DealPicture, openDealPage } from './deal-picture.ts';
import { AMOUNT, filledAfter, filledFields, readChanges, writeChanges } from './deal-values.ts';
import type { FieldValue } from './field-values.ts';
import { missingAt, reasonNames } from './gate.ts';
import { stageName, WON } from './pipeline.ts';

export type GivenFields = Readonly<Record<string, FieldValue | null>>;

/** What is undefined stays as it is; null empties. */
export interface DealChange {
  readonly name?: string | undefined;
  readonly amountMinor?: number | null | undefined;
  readonly fields?: GivenFields | undefined;
  /** The deal as the colleague saw it; it counts moves, so that what is filled in meanwhile is no conflict. */
  readonly expectedVersion: number;
}

export async function changeDeal(desk: Desk, id: string, change: DealChange): Promise<Done<DealPicture>> {
  const { tx, me } = desk;
  const deal = (await desk.see.deal(id)) && (await tx.opportunity.hold(id));
  if (!deal) return refused('not_found');
  const forbidden = await refuseToChange(desk, deal);
  if (forbidden) return forbidden;
  if (deal.version !== change.expectedVersion) return refused('changed_meanwhile');
  const amount = change.amountMinor === undefined ? {} : { [AMOUNT]: change.amountMinor };
  const read = readChanges(tx, { ...change.fields, ...amount });
  if (!read.ok) return refused('bad_request', read.sentence);
  const filled = await filledFields(tx, deal);
  const needed = neededHere(tx, deal, filled, filledAfter(filled, read.changes));
  if (needed) return refused('bad_request', needed);

  await writeChanges(tx, deal, read.changes, me.id);
  const name = change.name === undefined ? deal.name : fitName(change.name);
  if (name !== deal.name) await tx.opportunity.update({ id }, { name });
  const fields = [...(name === deal.name ? [] : ['name']), ...[...read.changes.keys()].map(({ key }) => key)];
  if (fields.length > 0) {
    desk.notes.push({ action: 'deal.update', entity: 'opportunity', entityId: id, detail: { fields } });
    await refreshQuestions(tx, id);
  }
  return openDealPage(desk, id);
}

/** What a stage does not let in without may not be emptied behind its gate. */
function neededHere(
  tx: Tx,
  { status, stage }: OpportunityRow,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): string | null {
  if (status !== 'open' && status !== 'won') return null;
  const { pipeline } = tx.active.policy;
  const standing = status === 'won' ? WON : stage;
  const emptied = missingAt(pipeline, standing, after).filter(({ field, block }) => block && before.has(field));
  if (emptied.length === 0) return null;
  return `商机在「${stageName(pipeline, standing)}」，${reasonNames(emptied)}不能空着。可以改成别的值。`;
}

/** Cards that say what is missing say it as it is now. */
export async function refreshQuestions(tx: Tx, dealId: string): Promise<void> {
  for (const card of await tx.card.list({ subject: `opportunity:${dealId}`, status: 'open', kind: 'ask' }))
    await refreshCard(tx, card);
}
