/** A company's own address book, as a platform tells it. */

export interface DepartmentFacts {
  readonly externalId: string;
  readonly name: string;
  /** Null at the top. */
  readonly parentExternalId: string | null;
}

/** A colleague. What the platform does not say, or does not let us see, is null. */
export interface StaffFacts {
  readonly externalId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** Job title. */
  readonly title: string | null;
  /** Platform id of the direct supervisor. */
  readonly supervisorExternalId: string | null;
  readonly departments: readonly { readonly externalId: string; readonly leads: boolean }[];
  /** False for somebody who was disabled or has not joined yet: they are kept and get nothing. */
  readonly active: boolean;
  /** Administers the company on this platform; null where the platform does not say. */
  readonly admin: boolean | null;
}

export interface OrganisationPage {
  readonly departments: readonly DepartmentFacts[];
  readonly staff: readonly StaffFacts[];
}
