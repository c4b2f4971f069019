/** The calls about a deal's files, typed by the server's contract. */
import type { DealFilesView, DealFileView } from '../../../src/http/contract/file.ts';
import { apiRoot } from '../router.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { DealFilesView, DealFileView };

const part = encodeURIComponent;

export const filesApi = {
  ofDeal: (dealId: string) => ask<DealFilesView>(`deals/${part(dealId)}/files`),
  add: (dealId: string, kind: string, file: File) =>
    ask<DealFileView>(
      `deals/${part(dealId)}/files?kind=${part(kind)}&name=${part(file.name.slice(-300) || '照片')}`,
      file,
    ),
  remove: (id: string) => ask<DealFileView>(`files/${part(id)}/remove`, {}),
  restore: (id: string) => ask<DealFileView>(`files/${part(id)}/restore`, {}),
  /** Where its bytes are. */
  address: (id: string): string => new URL(`files/${part(id)}/content`, apiRoot).href,
} as const;
