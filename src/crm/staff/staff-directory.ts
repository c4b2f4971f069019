/** Who is here by name and by number, read once for a long list: asking the rows for every line of it would take minutes. */
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { plainPhone } from './phone.ts';

export interface StaffDirectory {
  /** Active or not. */
  named(name: string): readonly StaffRow[];
  withPhone(phone: string): readonly StaffRow[];
  phoneOf(staffId: string): string | null;
  get(staffId: string): StaffRow | undefined;
  /** To be told of everybody who joins and of every number that is learned. */
  note(staff: StaffRow, phone: string | null): void;
}

export async function readDirectory(tx: Tx): Promise<StaffDirectory> {
  const people = new Map<string, StaffRow>();
  const names = new Map<string, StaffRow[]>();
  const phones = new Map<string, string>();
  const holders = new Map<string, StaffRow[]>();
  const directory: StaffDirectory = {
    named: (name) => names.get(name) ?? [],
    withPhone: (phone) => holders.get(phone) ?? [],
    phoneOf: (staffId) => phones.get(staffId) ?? null,
    get: (staffId) => people.get(staffId),
    note(staff, given) {
      if (!people.has(staff.id)) push(names, staff.name, staff);
      people.set(staff.id, staff);
      const phone = plainPhone(given);
      const before = phones.get(staff.id);
      if (phone === null || phone === before) return;
      if (before !== undefined) {
        const left = (holders.get(before) ?? []).filter(({ id }) => id !== staff.id);
        holders.set(before, left);
      }
      phones.set(staff.id, phone);
      push(holders, phone, staff);
    },
  };
  const profiles = new Map((await tx.staffProfile.list({})).map(({ id, phone }) => [id, phone]));
  for (const staff of await tx.staff.list({}, { orderBy: 'id' })) directory.note(staff, profiles.get(staff.id) ?? null);
  return directory;
}

function push(map: Map<string, StaffRow[]>, key: string, staff: StaffRow): void {
  const held = map.get(key);
  if (held) held.push(staff);
  else map.set(key, [staff]);
}
