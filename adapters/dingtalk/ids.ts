/** Ids of the platform as keys of ours. */
import { createHash } from 'node:crypto';

/** A key takes 128 characters, prefix included; the platform documents no length of its ids. */
export function shortId(id: string): string {
  return id.length <= 110 ? id : digest(id);
}

/** 43 characters that stand for the text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
