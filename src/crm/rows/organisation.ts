/** Rows about the company itself: departments, colleagues' profiles, who helps with whom, and what was seen and changed. */
import type { TenantRow } from './tenant-row.ts';

/** A department as one platform's address book has it. */
export interface DepartmentRow extends TenantRow {
  accountId: string;
  externalId: string;
  name: string;
  /** The parent's external id; null at the top. */
  parentExternalId: string | null;
  /** Gone from the address book since; null while it is there. */
  removedAt: number | null;
}

export interface StaffDepartmentRow extends TenantRow {
  staffId: string;
  departmentId: string;
  /** Leads it, and so everything below it. */
  leads: boolean;
}

/** The id is the colleague's. */
export interface StaffProfileRow extends TenantRow {
  phone: string | null;
  email: string | null;
  region: string | null;
  productLines: string[];
  jobRank: string | null;
  updatedAt: number;
}

/** The id is the customer's. */
export interface CustomerProfileRow extends TenantRow {
  /** The name as duplicates are told by it. */
  normalName: string;
  grade: string | null;
  region: string | null;
  productLine: string | null;
  industry: string | null;
  source: string | null;
  remark: string | null;
  tags: string[];
  updatedAt: number;
}

/** The id is the contact's. */
export interface ContactProfileRow extends TenantRow {
  phone: string | null;
  title: string | null;
  email: string | null;
  updatedAt: number;
}

export interface CollaboratorRow extends TenantRow {
  customerId: string;
  staffId: string;
  addedAt: number;
}

/** Only ever added to. */
export interface AuditEntryRow extends TenantRow {
  /** Null for what the product did by itself. */
  actorId: string | null;
  action: string;
  entity: 'customer' | 'contact' | 'opportunity' | 'staff' | 'chat' | 'policy' | 'setting' | 'product' | 'quote';
  entityId: string;
  /** Names of fields and ids; never what was said. */
  detail: Readonly<Record<string, unknown>>;
  at: number;
}
