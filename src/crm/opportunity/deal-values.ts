/** The fields of deals as they are filled in: read for one or many, and written. */
import { type DealField, dealFields } from '../../policy/schema/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type FieldValue, readValue, shownValue } from './field-values.ts';

/** By the field's key; fields without a value are not in it. */
export type DealValues = ReadonlyMap<string, FieldValue>;

/** The deal's amount is a field like the others, kept with the deal itself. */
export const AMOUNT = 'amount';

/** By the deal's id. */
export async function valuesOf(tx: Tx, deals: readonly OpportunityRow[]): Promise<ReadonlyMap<string, DealValues>> {
  const fields = new Map(dealFields(tx.active.policy.pipeline).map((field) => [field.key, field]));
  const rows = deals.length === 0 ? [] : await tx.queries.fieldsOfDeals(deals.map(({ id }) => id));
  const rowsOf = Map.groupBy(rows, ({ opportunityId }) => opportunityId);
  const of = ({ id, amountMinor }: OpportunityRow): DealValues => {
    const values = new Map<string, FieldValue>(amountMinor === null ? [] : [[AMOUNT, amountMinor]]);
    for (const { fieldKey, value } of rowsOf.get(id) ?? []) {
      const field = fields.get(fieldKey);
      const shown = field && fieldKey !== AMOUNT ? shownValue(field, value) : null;
      if (shown !== null) values.set(fieldKey, shown);
    }
    return values;
  };
  return new Map(deals.map((deal) => [deal.id, of(deal)]));
}

/** What is to be written: null empties. */
export type FieldChanges = ReadonlyMap<DealField, string | null>;

export type ReadChanges =
  | { readonly ok: true; readonly changes: FieldChanges }
  | { readonly ok: false; readonly sentence: string };

/** All that is wrong comes in one sentence after the other. */
export function readChanges(tx: Tx, given: Readonly<Record<string, FieldValue | null>>): ReadChanges {
  const fields = dealFields(tx.active.policy.pipeline);
  const changes = new Map<DealField, string | null>();
  const faults: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    const field = fields.find((known) => known.key === key);
    if (!field) faults.push('有一个字段已经不在了，请刷新后再填。');
    else if (value === null) changes.set(field, null);
    else {
      const read = readValue(field, value);
      if (read.ok) changes.set(field, read.stored);
      else faults.push(read.sentence);
    }
  }
  return faults.length > 0 ? { ok: false, sentence: [...new Set(faults)].join('') } : { ok: true, changes };
}

/** The deal is held. Returns it as it then stands. */
export async function writeChanges(
  tx: Tx,
  deal: OpportunityRow,
  changes: FieldChanges,
  staffId: string,
): Promise<OpportunityRow> {
  const opportunityId = deal.id;
  let now = deal;
  for (const [{ key: fieldKey }, value] of changes) {
    if (fieldKey === AMOUNT) {
      const amountMinor = value === null ? null : Number(value);
      await tx.opportunity.update({ id: deal.id }, { amountMinor });
      now = { ...now, amountMinor };
    } else if (value === null) await tx.dealField.remove({ opportunityId, fieldKey });
    else {
      const patch = { value, updatedBy: staffId, updatedAt: tx.now };
      const known = await tx.dealField.find({ opportunityId, fieldKey });
      if (known) await tx.dealField.update({ id: known.id }, patch);
      else await tx.dealField.insert({ id: tx.newId(), opportunityId, fieldKey, ...patch });
    }
  }
  return now;
}
