/** Who may see what things cost, and so what is earned by them: the roles that the policy names. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

export function maySeeCosts({ active }: Pick<Tx, 'active'>, staff: Pick<StaffRow, 'role' | 'active'>): boolean {
  return staff.active && active.policy.quotes.costs.includes(staff.role);
}
