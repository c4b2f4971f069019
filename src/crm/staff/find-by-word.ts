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
  const phone = phoneIn(wanted);
  const profiles = phone === null || byId ? [] : await tx.staffProfile.list({ phone });
  const holders = (await Promise.all(profiles.map(({ id }) => tx.staff.get(id)))).filter((row) => row !== null);
  return choose(byId, byId ? [] : [...holders, ...(await tx.staff.list({ name: wanted }))], who);
}

/** Null when the word is no telephone number. */
export const phoneIn = (word: string): string | null => (/^\+?[\d\s-]{7,}$/.test(word) ? plainPhone(word) : null);

/** Among those who have the id, the number or the name. */
export function choose(byId: StaffRow | null, people: readonly StaffRow[], who: 'at work' | 'anybody'): Meant {
  if (byId) return { ok: true, staff: byId };
  const active = who === 'anybody' ? [] : people.filter((row) => row.active);
  const [only, ...others] = active.length > 0 ? active : people;
  if (!only) return { ok: false, reason: 'unknown_person' };
  return others.length === 0 ? { ok: true, staff: only } : { ok: false, reason: 'several_people' };
}
