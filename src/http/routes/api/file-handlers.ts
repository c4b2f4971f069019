/** The API's operations on files of deals that carry no bytes, and how a file is shown. */
import { type Done, done } from '../../../crm/access/desk.ts';
import { removeFile, restoreFile, type SeenFile } from '../../../crm/file/file-desk.ts';
import { listFiles } from '../../../crm/file/read-files.ts';
import type { Tx } from '../../../crm/tx.ts';
import { documentName, OTHER_DOCUMENT } from '../../../policy/schema/requirements.ts';
import type { DealFileView } from '../../contract/file.ts';
import type { Handlers } from './handling.ts';
import { personView } from './names.ts';

const MEGABYTE = 1024 * 1024;

export const fileHandlers: Pick<Handlers, 'filesOfDeal' | 'removeFile' | 'restoreFile'> = {
  filesOfDeal: async (desk, { id }) => {
    const found = await listFiles(desk, id);
    if (!found.ok) return found;
    const { documents } = desk.tx.active.policy;
    const other = { key: OTHER_DOCUMENT, name: documentName(documents, OTHER_DOCUMENT) };
    return done({
      items: found.value.items.map((file) =>
        fileView(desk.tx, { file, by: personView(found.value.names, file.uploadedBy).name }),
      ),
      kinds: [...documents.kinds.map(({ key, name }) => ({ key, name })), other],
      maxBytes: documents.maxMegabytes * MEGABYTE,
    });
  },
  removeFile: async (desk, { id }) => shownFile(desk.tx, await removeFile(desk, id)),
  restoreFile: async (desk, { id }) => shownFile(desk.tx, await restoreFile(desk, id)),
};

export const shownFile = (tx: Tx, seen: Done<SeenFile>): Done<DealFileView> =>
  seen.ok ? done(fileView(tx, seen.value)) : seen;

function fileView(tx: Tx, { file, by }: SeenFile): DealFileView {
  const { id, name, mediaType, bytes, kind, createdAt, removedAt } = file;
  return {
    ...{ id, name, mediaType, bytes, by, at: createdAt },
    kind: { key: kind, name: documentName(tx.active.policy.documents, kind) },
    removed: removedAt !== null,
  };
}
