/** Which colleague somebody means who names them on the command line or in a file. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { plainPhone } from './phone.ts';

export type Meant =
  | { readonly ok: true; readonly staff: StaffRow }
  | { readonly ok: false; readonly reason: 'unknown_person' | 'several_people' };

/**
 * By id, number or exact name. Of several the only active one is meant, unless `anybody` may be: a leaver and a
 * newcomer of one name must not be mistaken for each other when things are taken from one of them.
 */
export async function findByWord(tx: Tx, word: string, who: 'at work' | 'anybody' = 'at work'): Promise<Meant> {
  const wanted = word.trim();
  const byId = await tx.staff.get(wanted);
  if (byId) return { ok: true, staff: byId };
  const phone = /^\+?[\d\s-]{7,}$/.test(wanted) ? plainPhone(wanted) : null;
  const profiles = phone === null ? [] : await tx.staffProfile.list({ phone });
  const people = [
    ...(await Promise.all(profiles.map(({ id }) => tx.staff.get(id)))).filter((row) => row !== null),
    ...(await tx.staff.list({ name: wanted })),
  ];
  const active = who === 'anybody' ? [] : people.filter((row) => row.active);
  const [only, ...others] = active.length > 0 ? active : people;
  if (!only) return { ok: false, reason: 'unknown_person' };
  return others.length === 0 ? { ok: true, staff: only } : { ok: false, reason: 'several_people' };
}
