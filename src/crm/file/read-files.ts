/** The files of a deal for whoever sees it: the list, and one of them with its bytes. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import type { AttachmentRow } from '../rows/files.ts';
import { readContent } from './content.ts';

export interface FileList {
  /** Newest first. */
  readonly items: readonly AttachmentRow[];
  readonly names: ReadonlyMap<string, string>;
}

export async function listFiles(desk: Desk, dealId: string): Promise<Done<FileList>> {
  const { tx, see } = desk;
  if (!(await see.deal(dealId))) return notSeen(desk, (await tx.opportunity.get(dealId))?.customerId ?? null);
  const there = { opportunityId: dealId, removedAt: null };
  const items = await tx.attachment.list(there, { orderBy: 'createdAt', descending: true });
  return done({ items, names: await tx.queries.staffNames(items.map(({ uploadedBy }) => uploadedBy)) });
}

/** Whoever opens one that is not their own deal's is written down. */
export async function openFile(
  desk: Desk,
  id: string,
): Promise<Done<{ readonly file: AttachmentRow; readonly content: readonly Uint8Array[] }>> {
  const { tx, me, see, notes } = desk;
  const file = await tx.attachment.get(id);
  const deal = file && (await see.deal(file.opportunityId));
  if (!file || file.removedAt !== null) return refused('not_found');
  if (!deal) return notSeen(desk, file.customerId);
  if (deal.ownerId !== me.id)
    notes.push({ action: 'file.read', entity: 'opportunity', entityId: deal.id, detail: { fileId: id } });
  return done({ file, content: await readContent(tx, id) });
}
