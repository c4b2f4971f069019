/** Rows about people: colleagues, customers and their contacts, each with who they are on the platforms. */
import type { TenantRow } from './tenant-row.ts';

export type StaffRole = 'sales' | 'manager' | 'admin';

export interface StaffRow extends TenantRow {
  name: string;
  role: StaffRole;
  supervisorId: string | null;
  active: boolean;
  createdAt: number;
}

/** One staff member as one platform account knows them. */
export interface StaffIdentityRow extends TenantRow {
  accountId: string;
  externalId: string;
  staffId: string;
}

export interface CustomerRow extends TenantRow {
  name: string;
  ownerId: string;
  createdAt: number;
  /** Set when the conversion that made this customer was undone. */
  withdrawnAt: number | null;
}

export interface ContactRow extends TenantRow {
  customerId: string;
  name: string;
  createdAt: number;
}

/** A person outside the company as one platform account knows them: a contact, or not yet more than a lead. */
export interface ContactIdentityRow extends TenantRow {
  accountId: string;
  externalId: string;
  name: string | null;
  contactId: string | null;
  leadId: string | null;
}

/** What one colleague's address book says about one outsider. */
export interface ContactFollowRow extends TenantRow {
  contactIdentityId: string;
  staffId: string;
  remark: string | null;
  company: string | null;
  tags: string[];
  addedAt: number | null;
  /** When the two ceased to be contacts; null while they are. */
  removedAt: number | null;
  updatedAt: number;
}
