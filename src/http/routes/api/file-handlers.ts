/** The API's operations on files of deals that carry no bytes, and how a file is shown. */
import { type Desk, type Done, done } from '../../../crm/access/desk.ts';
import { removeFile, restoreFile } from '../../../crm/file/file-desk.ts';
import { listFiles } from '../../../crm/file/read-files.ts';
import type { AttachmentRow } from '../../../crm/rows/files.ts';
import type { Tx } from '../../../crm/tx.ts';
import { documentName, OTHER_DOCUMENT } from '../../../policy/schema/requirements.ts';
import type { DealFileView } from '../../contract/file.ts';
import type { Handlers } from './handling.ts';
import { type Names, personView } from './names.ts';

const MEGABYTE = 1024 * 1024;

export const fileHandlers: Pick<Handlers, 'filesOfDeal' | 'removeFile' | 'restoreFile'> = {
  filesOfDeal: async (desk, { id }) => {
    const found = await listFiles(desk, id);
    if (!found.ok) return found;
    const { documents } = desk.tx.active.policy;
    const other = { key: OTHER_DOCUMENT, name: documentName(documents, OTHER_DOCUMENT) };
    return done({
      items: found.value.items.map((file) => fileView(desk.tx, found.value.names, file)),
      kinds: [...documents.kinds.map(({ key, name }) => ({ key, name })), other],
      maxBytes: documents.maxMegabytes * MEGABYTE,
    });
  },
  removeFile: async (desk, { id }) => shownFile(desk, await removeFile(desk, id)),
  restoreFile: async (desk, { id }) => shownFile(desk, await restoreFile(desk, id)),
};

export async function shownFile({ tx }: Desk, file: Done<AttachmentRow>): Promise<Done<DealFileView>> {
  return file.ok ? done(fileView(tx, await tx.queries.staffNames([file.value.uploadedBy]), file.value)) : file;
}

function fileView(tx: Tx, names: Names, file: AttachmentRow): DealFileView {
  const { id, name, mediaType, bytes, kind, uploadedBy, createdAt, removedAt } = file;
  return {
    ...{ id, name, mediaType, bytes, at: createdAt },
    kind: { key: kind, name: documentName(tx.active.policy.documents, kind) },
    by: personView(names, uploadedBy).name,
    removed: removedAt !== null,
  };
}
