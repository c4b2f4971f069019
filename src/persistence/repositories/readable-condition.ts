/** The condition on a customer that lets a colleague see it. */
import type { Scope } from '../../crm/access/scope-shape.ts';
import { among } from './among.ts';
import type { SqlPart } from './statements.ts';

/** `customer`: the alias of the customer's row. */
export function mayOpen(scope: Scope, customer: string): SqlPart {
  if (scope.all) return { sql: '1 = 1', params: [] };
  const owners = among(scope.owners);
  return {
    sql: `(${customer}.owner_id IN ${owners.sql} OR EXISTS (SELECT 1 FROM collaborator w
      WHERE w.tenant_id = ${customer}.tenant_id AND w.customer_id = ${customer}.id AND w.staff_id = ?))`,
    params: [...owners.params, scope.staffId],
  };
}
