/** Which rules a subject falls under, and the steps they ask for together. */
import type { ApprovalPolicy, ApprovalRule, StepPlan } from '../../policy/schema/approvals.ts';
import type { Facts } from './shape.ts';

export interface Course {
  /** Names of the rules, as people read why. */
  readonly reasons: readonly string[];
  readonly steps: readonly StepPlan[];
}

/** Every rule that fits counts; a step that several of them ask for is taken once, where it stands first. */
export function courseOf(policy: ApprovalPolicy, facts: Facts): Course {
  const rules = policy.rules.filter((rule) => fits(rule, facts));
  const steps = new Map<string, StepPlan>();
  for (const rule of rules) for (const step of rule.steps) if (!steps.has(step.key)) steps.set(step.key, step);
  return { reasons: rules.map(({ name }) => name), steps: [...steps.values()] };
}

function fits({ when }: ApprovalRule, facts: Facts): boolean {
  const { amount, margin, discount, grades, productLines, regions } = when;
  return (
    within(amount, facts.amountMinor, 100) &&
    within(margin, facts.marginBp, 100) &&
    within(discount, facts.discountBp, 100) &&
    among(grades, facts.grade === null ? [] : [facts.grade]) &&
    among(productLines, facts.productLines) &&
    among(regions, facts.region === null ? [] : [facts.region])
  );
}

interface Band {
  readonly from?: number | undefined;
  readonly below?: number | undefined;
}

/** `unit`: how many of the value's units one of the band's is. What is not known is below everything: better asked than missed. */
function within(band: Band | undefined, value: number | null, unit: number): boolean {
  if (!band) return true;
  if (value === null) return band.from === undefined;
  const from = band.from === undefined || value >= Math.round(band.from * unit);
  return from && (band.below === undefined || value < Math.round(band.below * unit));
}

const among = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === 0 || given.some((one) => wanted.includes(one));
