/**
 * What stands between a deal and a stage. Every move goes through it: a page's, a tap's, a message's. A field that a
 * stage requires is required from that stage on, so that no jump leaves it out; going back wants nothing.
 */
import { dealFields } from '../../policy/schema/pipeline.ts';
import { LOST, type Pipeline, stageIndex, WON } from './pipeline.ts';

/** One thing that is missing; more kinds of reasons (an approval) may come beside fields. */
export interface GateReason {
  readonly kind: 'field';
  /** Key and name of the field. */
  readonly field: string;
  readonly name: string;
  /** The first stage that wants it. */
  readonly stage: string;
  /** False: the deal may go on, and shows what is missing. */
  readonly block: boolean;
}

export interface GateResult {
  readonly passes: boolean;
  readonly reasons: readonly GateReason[];
}

/** `filled`: keys of the fields that have a value. `to`: a stage, `won` or `lost`. */
export function judgeGate(pipeline: Pipeline, from: string, to: string, filled: ReadonlySet<string>): GateResult {
  const here = stageIndex(pipeline, from);
  const there = reachedStage(pipeline, here, to);
  const reasons = to !== WON && there <= here ? [] : missingUpTo(pipeline, there, filled);
  return { passes: reasons.every(({ block }) => !block), reasons };
}

/** What a deal that stands in a stage, or is won, should have and has not. */
export function missingAt(pipeline: Pipeline, standing: string, filled: ReadonlySet<string>): readonly GateReason[] {
  return missingUpTo(pipeline, reachedStage(pipeline, -1, standing), filled);
}

/** 金额、签订日期 */
export function reasonNames(reasons: readonly GateReason[]): string {
  return reasons.map(({ name }) => name).join('、');
}

export const blocking = ({ reasons }: GateResult): readonly GateReason[] => reasons.filter(({ block }) => block);

/** A deal is won at the stage where it counts as sold, or later. */
function reachedStage(pipeline: Pipeline, here: number, to: string): number {
  if (to === LOST) return -1;
  return to === WON ? Math.max(here, stageIndex(pipeline, pipeline.soldStage)) : stageIndex(pipeline, to);
}

function missingUpTo(pipeline: Pipeline, last: number, filled: ReadonlySet<string>): readonly GateReason[] {
  const fields = dealFields(pipeline);
  const missing = new Map<string, GateReason>();
  for (const stage of pipeline.stages.slice(0, last + 1)) {
    for (const { field, block } of stage.requires) {
      if (filled.has(field)) continue;
      const known = missing.get(field);
      const name = fields.find(({ key }) => key === field)?.name ?? field;
      missing.set(field, {
        kind: 'field',
        field,
        name,
        stage: known?.stage ?? stage.key,
        block: block || known?.block === true,
      });
    }
  }
  return [...missing.values()];
}
