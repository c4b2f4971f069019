/** Images that were uploaded to a platform, by the key it gave them. */
import type { ApiCall } from './http-face.ts';

export interface Pictures {
  /** Keeps an image and returns its key; null for what is no PNG or JPEG, or larger than 10 MB. */
  keep(bytes: Buffer): string | null;
  bytes(key: string): Buffer | null;
}

const MOST_BYTES = 10 * 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

export function createPictures(newKey: () => string): Pictures {
  const kept = new Map<string, Buffer>();
  return {
    keep(bytes) {
      const known = [PNG, JPEG].some((head) => bytes.subarray(0, head.length).equals(head));
      if (!known || bytes.length > MOST_BYTES) return null;
      const key = newKey();
      kept.set(key, bytes);
      return key;
    },
    bytes: (key) => kept.get(key) ?? null,
  };
}

/** A field of a multipart body: its bytes, or null where it is not there. */
export function partOf({ raw, contentType }: ApiCall, name: string): Buffer | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  let at = 0;
  for (;;) {
    const head = raw.indexOf('\r\n\r\n', at);
    const end = head < 0 ? -1 : raw.indexOf(`\r\n--${boundary}`, head);
    if (head < 0 || end < 0) return null;
    if (raw.toString('utf8', at, head).includes(`name="${name}"`)) return raw.subarray(head + 4, end);
    at = end + 2;
  }
}
