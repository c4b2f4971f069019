/** What deals have of what stages want, read for one or many; what no stage of the policy wants is not looked for. */
import { requirementOf } from '../../policy/schema/requirements.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type DealValues, type FieldChanges, valuesOf } from './deal-values.ts';
import { type GateResult, type Having, havingKey, judgeGate } from './gate.ts';
import { GATE_SUBJECTS } from './gate-subjects.ts';

/** Whether this deal may go to a stage now. */
export async function gateOf(tx: Tx, deal: OpportunityRow, toStage: string): Promise<GateResult> {
  return judgeGate(tx.active.policy, deal.stage, toStage, await havingOf(tx, deal));
}

export async function havingOf(tx: Tx, deal: OpportunityRow): Promise<Having> {
  return (await havingOfAll(tx, [deal], await valuesOf(tx, [deal]))).get(deal.id) ?? new Set();
}

/** By the deal's id; one statement more for each kind of thing that the policy wants, for any number of deals. */
export async function havingOfAll(
  tx: Tx,
  deals: readonly OpportunityRow[],
  values: ReadonlyMap<string, DealValues>,
): Promise<ReadonlyMap<string, Having>> {
  const ids = deals.map(({ id }) => id);
  const wanted = tx.active.policy.pipeline.stages.flatMap(({ requires }) => requires.map(requirementOf));
  const has = new Map(ids.map((id) => [id, new Set(fieldsOf(values.get(id)))]));
  if (ids.length === 0) return has;
  for (const subject of new Set(wanted.filter(({ kind }) => kind === 'approved').map(({ key }) => key)))
    for (const id of (await GATE_SUBJECTS[subject]?.approvedOf(tx, ids)) ?? [])
      has.get(id)?.add(havingKey('approved', subject));
  if (wanted.some(({ kind }) => kind === 'document'))
    for (const { opportunityId, kind } of await tx.queries.documentsOfDeals(ids))
      has.get(opportunityId)?.add(havingKey('document', kind));
  return has;
}

const fieldsOf = (values: DealValues = new Map()): string[] => [...values.keys()].map((key) => havingKey('field', key));

/** What a deal has once these fields are written. */
export function havingAfter(has: Having, changes: FieldChanges): Having {
  const after = new Set(has);
  for (const [{ key }, stored] of changes) {
    if (stored === null) after.delete(havingKey('field', key));
    else after.add(havingKey('field', key));
  }
  return after;
}
