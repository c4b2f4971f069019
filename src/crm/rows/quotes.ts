/** Rows about what is offered: products, and quotes with their lines and the links customers read them by. */
import type { TenantRow } from './tenant-row.ts';

export interface ProductRow extends TenantRow {
  /** The company's own number for it. */
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  productLine: string | null;
  currency: string;
  /** Fen per unit, with tax. */
  listMinor: number | null;
  /** Fen per unit, without tax. */
  costMinor: number | null;
  active: boolean;
  createdAt: number;
  updatedAt: number;
}

export type QuoteStatus =
  | 'draft'
  | 'submitted'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'sent'
  | 'accepted'
  | 'expired'
  /** A later revision took its place. */
  | 'replaced';

export interface QuoteRow extends TenantRow {
  opportunityId: string;
  customerId: string;
  contactId: string | null;
  ownerId: string;
  /** The same for all revisions of one quote. */
  number: string;
  /** 1, 2, … */
  revision: number;
  status: QuoteStatus;
  title: string;
  currency: string;
  taxBp: number;
  taxIncluded: boolean;
  validUntil: number | null;
  /** What the customer reads beside the lines. */
  terms: string | null;
  /** What only colleagues read. */
  remark: string | null;
  netMinor: number;
  grossMinor: number;
  marginBp: number | null;
  discountBp: number;
  createdAt: number;
  updatedAt: number;
  submittedAt: number | null;
  decidedAt: number | null;
  sentAt: number | null;
  /** The customer opened it first. */
  seenAt: number | null;
  closedAt: number | null;
  /** Raised by every change. */
  version: number;
}

export interface QuoteLineRow extends TenantRow {
  quoteId: string;
  position: number;
  productId: string | null;
  name: string;
  spec: string | null;
  unit: string;
  productLine: string | null;
  /** Thousandths of the unit. */
  quantityMilli: number;
  /** Fen per unit, as offered. */
  priceMinor: number;
  /** As the catalogue had them when the line was written. */
  listMinor: number | null;
  costMinor: number | null;
  remark: string | null;
}

/** An address under which the customer reads a quote. */
export interface QuoteLinkRow extends TenantRow {
  quoteId: string;
  tokenHash: string;
  madeBy: string;
  createdAt: number;
  expiresAt: number;
  revokedAt: number | null;
  firstOpenedAt: number | null;
  lastOpenedAt: number | null;
  opened: number;
}
