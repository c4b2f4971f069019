/** What a colleague fills in on a deal: its name, its amount, the fields of the policy. */
import { type Desk, type Done, refused } from '../access/desk.ts';
import { refuseToChange } from '../access/to-change.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import { fitName } from '../names.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type DealPicture, openDealPage } from './deal-picture.ts';
import { AMOUNT, readChanges, writeChanges } from './deal-values.ts';
import type { FieldValue } from './field-values.ts';
import { type Having, havingKey, missingAt, reasonNames } from './gate.ts';
import { havingAfter, havingOf } from './having.ts';
import { stageName, WON } from './pipeline.ts';
import { settleWish } from './settle-wish.ts';

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
  const has = await havingOf(tx, deal);
  const needed = neededHere(tx, deal, has, havingAfter(has, read.changes));
  if (needed) return refused('bad_request', needed);

  await writeChanges(tx, deal, read.changes, me.id);
  const name = change.name === undefined ? deal.name : fitName(change.name);
  if (name !== deal.name) await tx.opportunity.update({ id }, { name });
  const fields = [...(name === deal.name ? [] : ['name']), ...[...read.changes.keys()].map(({ key }) => key)];
  if (fields.length > 0) {
    desk.notes.push({ action: 'deal.update', entity: 'opportunity', entityId: id, detail: { fields } });
    await settleWish(tx, id);
    await refreshQuestions(tx, id);
  }
  return openDealPage(desk, id);
}

/** What a stage does not let in without may not be taken away behind its gate: a sentence that says so, or null. */
export function neededHere(tx: Tx, { status, stage }: OpportunityRow, before: Having, after: Having): string | null {
  if (status !== 'open' && status !== 'won') return null;
  const standing = status === 'won' ? WON : stage;
  const taken = missingAt(tx.active.policy, standing, after).filter(
    ({ kind, key, block }) => block && before.has(havingKey(kind, key)),
  );
  if (taken.length === 0) return null;
  const where = `商机在「${stageName(tx.active.policy.pipeline, standing)}」，${reasonNames(taken)}`;
  return taken.every(({ kind }) => kind === 'field')
    ? `${where}不能空着。可以改成别的值。`
    : `${where}不能没有。请先上传新的，再删除这一份。`;
}
