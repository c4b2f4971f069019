/** What is known of a colleague beyond name and role. */
import type { StaffProfileRow } from '../rows/organisation.ts';
import type { Tx } from '../tx.ts';
import { plainPhone } from './phone.ts';

export type ProfileFacts = Partial<Omit<StaffProfileRow, 'tenantId' | 'id' | 'updatedAt'>>;

const MOST = { email: 120, region: 60, jobRank: 40 } as const;

/** Writes only what differs; null and absent leave what is known. True when something changed. */
export async function keepProfile(tx: Tx, staffId: string, given: ProfileFacts): Promise<boolean> {
  const known = await tx.staffProfile.get(staffId);
  const cut = (key: keyof typeof MOST): string | null => given[key]?.trim().slice(0, MOST[key]) || known?.[key] || null;
  const next = {
    phone: plainPhone(given.phone ?? null) ?? known?.phone ?? null,
    email: cut('email'),
    region: cut('region'),
    jobRank: cut('jobRank'),
    productLines: given.productLines ?? known?.productLines ?? [],
  };
  if (!known) {
    await tx.staffProfile.insert({ id: staffId, ...next, updatedAt: tx.now });
    return true;
  }
  const same =
    (['phone', 'email', 'region', 'jobRank'] as const).every((key) => next[key] === known[key]) &&
    next.productLines.join('\n') === known.productLines.join('\n');
  if (!same) await tx.staffProfile.update({ id: staffId }, { ...next, updatedAt: tx.now });
  return !same;
}
