/** Random companies and policies for the approval's properties, and one small company for its stories. */
import fc from 'fast-check';
import type { People } from '../../../../src/crm/approval/shape.ts';
import { approvalSchema } from '../../../../src/policy/schema/approvals.ts';

/** A company whose people may leave while an approval is under way. */
export interface Firm {
  readonly active: Set<string>;
  readonly supervisors: ReadonlyMap<string, string>;
  readonly heads: readonly string[];
  readonly managers: readonly string[];
  readonly admins: readonly string[];
  readonly away: ReadonlyMap<string, string>;
}

export const peopleOf = (firm: Firm): People => ({
  isActive: (id) => firm.active.has(id),
  supervisorOf: (id) => firm.supervisors.get(id) ?? null,
  headsOf: () => firm.heads,
  withRole: (role) => (role === 'admin' ? firm.admins : firm.managers),
  standInFor: (id) => firm.away.get(id) ?? null,
});

export const staffIds = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'] as const;
const person = fc.constantFrom(...staffIds);
const some = fc.uniqueArray(person, { maxLength: 3 });
/** Rings included. */
const links = fc.array(fc.tuple(person, person), { maxLength: 6 }).map((pairs) => new Map(pairs));

export const anyFirm: fc.Arbitrary<Firm> = fc.record({
  active: fc.uniqueArray(person, { minLength: 1 }).map((ids) => new Set<string>(ids)),
  supervisors: links,
  heads: some,
  managers: some,
  admins: some,
  away: links,
});

const who = fc.oneof(
  fc.constant({ kind: 'supervisor' as const }),
  fc.constant({ kind: 'department_head' as const }),
  fc.record({ kind: fc.constant('role' as const), role: fc.constantFrom('manager' as const, 'admin' as const) }),
  fc.record({ kind: fc.constant('staff' as const), ids: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }) }),
);

const step = fc.record({
  who: fc.array(who, { minLength: 1, maxLength: 2 }),
  mode: fc.constantFrom('any' as const, 'all' as const),
  hours: fc.option(fc.constant(8)),
  late: fc.constantFrom('remind' as const, 'one_up' as const, 'approve' as const, 'reject' as const),
});

export const anyPolicy = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    nobody: fc.constantFrom('pass', 'admin', 'refuse'),
    self: fc.constantFrom('skip', 'allow', 'one_up'),
    again: fc.constantFrom('once', 'each'),
  })
  .map(({ steps, ...rules }) =>
    approvalSchema.parse({
      ...rules,
      rules: [{ key: 'r', name: '总要批', steps: steps.map((one, n) => ({ ...one, key: `s${n}`, name: `节点${n}` })) }],
    }),
  );
