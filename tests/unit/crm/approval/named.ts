/** Who may sit at a step, reckoned a second time and by hand, for the properties to compare with. */
import type { Step } from '../../../../src/crm/approval/shape.ts';
import type { ApprovalPolicy } from '../../../../src/policy/schema/approvals.ts';
import type { Firm } from './company.ts';

/** Nobody sits there in a place of their own whom the policy does not name; where all have to agree, all it names did. */
export function rightPeople(step: Step, policy: ApprovalPolicy, firm: Firm, submitterId: string): boolean {
  const named = namesOf(step, firm, submitterId);
  const own = step.seats.filter(({ insteadOf }) => insteadOf === null).map(({ staffId }) => staffId);
  // The submitter alone was named, or nobody: then the policy names administrators.
  const others = named.filter((id) => policy.self === 'allow' || id !== submitterId);
  const allowed = new Set([...named, ...(others.length === 0 && policy.nobody === 'admin' ? firm.admins : [])]);
  if (!own.every((id) => allowed.has(id))) return false;
  if (step.state !== 'approved' || step.plan.mode !== 'all' || others.length === 0) return true;
  const agreed = step.seats.filter(({ state }) => state === 'approved' || state === 'spared');
  const spokenFor = new Set(agreed.flatMap(({ staffId, insteadOf }) => [staffId, insteadOf]));
  return others.every((id) => spokenFor.has(id) || standsIn(id, spokenFor, firm));
}

/** Whom the policy names for a step, read off it once more and by hand. */
function namesOf({ plan }: Step, firm: Firm, submitterId: string): readonly string[] {
  const found = plan.who.flatMap((who): readonly string[] => {
    if (who.kind === 'department_head') return firm.heads;
    if (who.kind === 'role') return who.role === 'admin' ? firm.admins : firm.managers;
    if (who.kind === 'staff') return who.ids;
    const seen = new Set([submitterId]);
    for (
      let above = firm.supervisors.get(submitterId);
      above && !seen.has(above);
      above = firm.supervisors.get(above)
    ) {
      if (firm.active.has(above)) return [above];
      seen.add(above);
    }
    return [];
  });
  return [...new Set(found)].filter((id) => firm.active.has(id));
}

/** Whoever stands in for several speaks for all of them in one seat. */
function standsIn(id: string, spokenFor: ReadonlySet<string | null>, { away }: Firm): boolean {
  const seen = new Set([id]);
  for (let other = away.get(id); other !== undefined && !seen.has(other); other = away.get(other)) {
    if (spokenFor.has(other)) return true;
    seen.add(other);
  }
  return false;
}
