/** Who stands above whom, and who steps in where a person is away: supervisors, step by step, then a manager. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** Higher than any company; a ring of supervisors must not hang. */
const MOST_STEPS = 10;

/** A person and everybody above them, nearest first. */
export async function* chainOf(tx: Tx, staffId: string): AsyncGenerator<StaffRow> {
  let next: string | null = staffId;
  for (let step = 0; next !== null && step < MOST_STEPS; step += 1) {
    const person: StaffRow | null = await tx.staff.get(next);
    if (person) yield person;
    next = person?.supervisorId ?? null;
  }
}

/** A manager, else whoever is there; null in a company without active people. */
export async function activeManager(tx: Tx): Promise<StaffRow | null> {
  return (await tx.staff.find({ role: 'manager', active: true })) ?? (await tx.staff.find({ active: true }));
}
