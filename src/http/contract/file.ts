/**
 * The files of a deal. One is put there by `POST /api/deals/:id/files?kind=&name=` with its bytes as the body (201, and
 * the file as below), and read by `GET /api/files/:id/content`.
 */
import { z } from 'zod';
import { id, instant } from './common.ts';

/** `key`: a kind of the policy, or `other`. */
const fileKind = z.object({ key: z.string(), name: z.string() });

export const dealFile = z.object({
  id,
  kind: fileKind,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  /** Who put it there. */
  by: z.string(),
  at: instant,
  removed: z.boolean(),
});
export type DealFileView = z.infer<typeof dealFile>;

/** `GET /api/deals/:id/files`: newest first, what can be put there, and how large it may be. */
export const dealFiles = z.object({
  items: z.array(dealFile),
  kinds: z.array(fileKind),
  maxBytes: z.int(),
});
export type DealFilesView = z.infer<typeof dealFiles>;

/** Of the address that a file is sent to. */
export const newFileQuery = z.strictObject({
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(300),
});
