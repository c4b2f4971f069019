/** How often a rule was right: every 撤销 and 忽略 is a label, and a rule that errs too often asks until it is right again. */
import type { SignalRule } from '../../policy/schema/signals.ts';
import type { Tx } from '../tx.ts';

/** The newest judged verdicts of a rule that its precision is taken from. */
const WINDOW = 200;

export interface RulePrecision {
  /** Verdicts that people have judged, and those of them that were wrong. */
  readonly judged: number;
  readonly wrong: number;
  /** Share of verdicts that were right, 0–1; null while there are too few to tell. */
  readonly precision: number | null;
}

export async function rulePrecision(tx: Tx, ruleKey: string): Promise<RulePrecision> {
  const { judged, wrong } = await tx.queries.ruleRecord(ruleKey, WINDOW);
  const { minSample } = tx.active.policy.judgement;
  return { judged, wrong, precision: judged < minSample ? null : (judged - wrong) / judged };
}

/** Why a rule asks instead of moving a deal by itself, in Chinese; null when it may move. */
export async function ruleAsks(tx: Tx, rule: SignalRule | undefined): Promise<string | null> {
  if (!rule) return '这条规则已被删除';
  if (rule.mode === 'ask') return '这条规则设为先询问';
  const { precision } = await rulePrecision(tx, rule.key);
  const { minPrecisionPercent } = tx.active.policy.judgement;
  if (precision === null || precision * 100 >= minPrecisionPercent) return null;
  return `规则「${rule.label}」近期准确率只有 ${Math.floor(precision * 100)}%，先问你`;
}
