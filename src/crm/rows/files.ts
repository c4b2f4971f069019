/** Rows about files of deals: what is known of a file, and its bytes in pieces. */
import type { TenantRow } from './tenant-row.ts';

export interface AttachmentRow extends TenantRow {
  opportunityId: string;
  customerId: string;
  /** A kind of the policy, or `other`. */
  kind: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** Of the content, hex. */
  sha256: string;
  uploadedBy: string;
  createdAt: number;
  /** It can be brought back for a while. */
  removedAt: number | null;
}

/** Apart, so that no list reads it. */
export interface AttachmentPartRow extends TenantRow {
  attachmentId: string;
  position: number;
  body: Uint8Array;
}
