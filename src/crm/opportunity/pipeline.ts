/** The pipeline as pure rules: where stages lie, what they are called, and how far a signal may move a deal by itself. */
import type { Policy, Stage } from '../../policy/schema/policy.ts';

export type Pipeline = Policy['pipeline'];

export const LOST = 'lost';
export const WON = 'won';

export function stageIndex(pipeline: Pipeline, key: string): number {
  return pipeline.stages.findIndex((stage) => stage.key === key);
}

export function stageName(pipeline: Pipeline, key: string): string {
  if (key === LOST) return '输单';
  if (key === WON) return '赢单';
  return pipeline.stages.find((stage) => stage.key === key)?.name ?? key;
}

/** Stages a person may move a deal to from the card, those ahead first: where a platform preselects, it is the next step. */
export function otherStages(pipeline: Pipeline, key: string): readonly Stage[] {
  const here = stageIndex(pipeline, key);
  return [...pipeline.stages.slice(here + 1), ...pipeline.stages.slice(0, Math.max(0, here))];
}

export type Reach =
  | { readonly act: 'advance' }
  /** Worth a person's decision; `why` says in Chinese why the deal did not move by itself. */
  | { readonly act: 'ask'; readonly why: string }
  /** Nothing to do for the deal. */
  | { readonly act: 'note'; readonly outcome: 'already_there' | 'backwards' | 'noted' };

/**
 * How far a signal may carry a deal standing in `from` (product.md, "How far a signal may move a deal by itself").
 * `asks`: the rule itself only asks, with its reason; null when it may move.
 */
export function judgeReach(
  pipeline: Pipeline,
  from: string,
  target: string,
  verdict: 'advance' | 'hint',
  asks: string | null,
): Reach {
  if (target === LOST) return { act: 'ask', why: '客户的话像是要放弃，请你判断' };
  const here = stageIndex(pipeline, from);
  const there = stageIndex(pipeline, target);
  const fromStage = pipeline.stages[here];
  const targetStage = pipeline.stages[there];
  if (!fromStage || !targetStage) return { act: 'note', outcome: 'noted' };
  if (there === here) return { act: 'note', outcome: 'already_there' };
  if (there < here) return { act: 'note', outcome: 'backwards' };
  const sold = here >= stageIndex(pipeline, pipeline.soldStage);
  if (targetStage.afterSale && !sold) return { act: 'note', outcome: 'noted' };
  const steps = there - here;
  if (verdict === 'hint') {
    // A question about a step far ahead (付款方式有哪些 at first contact) is small talk, not a question for a colleague.
    return steps <= fromStage.reach + 1
      ? { act: 'ask', why: '客户提到了，但还没有确定' }
      : { act: 'note', outcome: 'noted' };
  }
  if (asks !== null) return { act: 'ask', why: asks };
  if (targetStage.autoFrom && !targetStage.autoFrom.includes(from)) {
    const names = targetStage.autoFrom.map((key) => `「${stageName(pipeline, key)}」`).join('、');
    return { act: 'ask', why: `只有从${names}才会自动进入「${targetStage.name}」` };
  }
  if (steps > fromStage.reach) return { act: 'ask', why: `跨了 ${steps} 个阶段，请你确认` };
  return { act: 'advance' };
}
