/** What one reading of an address book has seen so far; kept by whoever drives it, over many transactions. */

export interface OrganisationRun {
  readonly accountId: string;
  /** By the platform's id. */
  readonly departments: Map<string, SeenDepartment>;
  /** By the platform's id. */
  readonly people: Map<string, SeenPerson>;
  /** What a person should look at, Chinese; no numbers or mails of anybody. */
  readonly problems: Set<string>;
}

export interface SeenDepartment {
  readonly id: string;
  readonly parentExternalId: string | null;
}

export interface SeenPerson {
  readonly staffId: string;
  /** How we came to know them: by this platform already, by their number, or not before. */
  readonly met: 'known' | 'linked' | 'added';
  readonly active: boolean;
  readonly admin: boolean;
  readonly supervisorExternalId: string | null;
  readonly departments: readonly { readonly externalId: string; readonly leads: boolean }[];
}

export const newRun = (accountId: string): OrganisationRun => ({
  accountId,
  departments: new Map(),
  people: new Map(),
  problems: new Set(),
});

export interface RunCounts {
  readonly people: number;
  readonly added: number;
  readonly linked: number;
}

export function countsOf({ people }: OrganisationRun): RunCounts {
  const all = [...people.values()];
  const of = (met: SeenPerson['met']) => all.filter((person) => person.met === met).length;
  return { people: all.length, added: of('added'), linked: of('linked') };
}
