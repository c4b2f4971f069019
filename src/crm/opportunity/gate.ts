/**
 * What stands between a deal and a stage. Every move goes through it: a page's, a tap's, a message's, a wish's. What a
 * stage requires is required from that stage on, so that no jump leaves it out; going back wants nothing.
 */
import { dealFields } from '../../policy/schema/pipeline.ts';
import type { Policy } from '../../policy/schema/policy.ts';
import { APPROVABLE, documentName, type Requirement, requirementOf } from '../../policy/schema/requirements.ts';
import { LOST, type Pipeline, stageIndex, WON } from './pipeline.ts';

/** One thing that is missing. */
export interface GateReason {
  /** A field that is not filled in, something that nobody has agreed to yet, a file that is not there. */
  readonly kind: Requirement['kind'];
  /** Of the field, the subject (`quote`) or the kind of file, and its name. */
  readonly key: string;
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

/** What a deal has of what stages may want: `field:amount`, `approved:quote`, `document:contract`. */
export type Having = ReadonlySet<string>;

export const havingKey = (kind: Requirement['kind'], key: string): string => `${kind}:${key}`;

/** The parts of the policy that say what stages want and how it is called. */
export type GatePolicy = Pick<Policy, 'pipeline' | 'documents'>;

/** `to`: a stage, `won` or `lost`. */
export function judgeGate(policy: GatePolicy, from: string, to: string, has: Having): GateResult {
  const here = stageIndex(policy.pipeline, from);
  const there = reachedStage(policy.pipeline, here, to);
  const reasons = to !== WON && there <= here ? [] : missingUpTo(policy, there, has);
  return { passes: reasons.every(({ block }) => !block), reasons };
}

/** What a deal that stands in a stage, or is won, should have and has not. */
export function missingAt(policy: GatePolicy, standing: string, has: Having): readonly GateReason[] {
  return missingUpTo(policy, reachedStage(policy.pipeline, -1, standing), has);
}

/** 金额、批准的报价单、合同扫描件 */
export function reasonNames(reasons: readonly GateReason[]): string {
  return reasons.map(({ name }) => name).join('、');
}

export const blocking = ({ reasons }: GateResult): readonly GateReason[] => reasons.filter(({ block }) => block);

/** Whether something has to be agreed to on the way to a stage. */
export function wantsApproval({ pipeline }: GatePolicy, to: string): boolean {
  const stages = pipeline.stages.slice(0, stageIndex(pipeline, to) + 1);
  return stages.some(({ requires }) => requires.some((wanted) => 'approved' in wanted));
}

/** A deal is won at the stage where it counts as sold, or later. */
function reachedStage(pipeline: Pipeline, here: number, to: string): number {
  if (to === LOST) return -1;
  return to === WON ? Math.max(here, stageIndex(pipeline, pipeline.soldStage)) : stageIndex(pipeline, to);
}

function missingUpTo(policy: GatePolicy, last: number, has: Having): readonly GateReason[] {
  const missing = new Map<string, GateReason>();
  for (const stage of policy.pipeline.stages.slice(0, last + 1)) {
    for (const { kind, key, block } of stage.requires.map(requirementOf)) {
      const wanted = havingKey(kind, key);
      if (has.has(wanted)) continue;
      const known = missing.get(wanted);
      missing.set(wanted, {
        ...{ kind, key, name: nameOf(policy, kind, key) },
        stage: known?.stage ?? stage.key,
        block: block || known?.block === true,
      });
    }
  }
  return [...missing.values()];
}

function nameOf({ pipeline, documents }: GatePolicy, kind: Requirement['kind'], key: string): string {
  if (kind === 'document') return documentName(documents, key);
  if (kind === 'approved') return APPROVABLE[key] ?? key;
  return dealFields(pipeline).find((field) => field.key === key)?.name ?? key;
}
