/** What rights ask about the organisation, a statement each. */

export interface OrganisationQueries {
  /** Everybody who has a supervisor. */
  reportingLines(): Promise<readonly { readonly id: string; readonly supervisorId: string }[]>;
  /** The departments a person is in. */
  memberships(staffId: string): Promise<readonly { readonly departmentId: string; readonly leads: boolean }[]>;
  /** Departments that are in the address book now. */
  departmentTree(): Promise<readonly DepartmentPlace[]>;
  /** The people in these departments. */
  membersOf(departmentIds: readonly string[]): Promise<readonly string[]>;
  /** Where and with what everybody works, as far as it is known. */
  regionsAndLines(): Promise<
    readonly { readonly id: string; readonly region: string | null; readonly productLines: readonly string[] }[]
  >;
  /** Names of colleagues by id. */
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface DepartmentPlace {
  readonly id: string;
  readonly accountId: string;
  readonly externalId: string;
  readonly parentExternalId: string | null;
}
